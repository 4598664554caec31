"""The parameters of a protocol request, decoded strictly: what is not UTF-8 is the client's mistake."""

import math
from urllib.parse import parse_qsl

from flask import Flask, request

from server.refusal import Refused

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1000
# What every address understands.
COMMON = ("release", "format", "lang")


def init_app(app: Flask) -> None:
    """Refuses an address that says twice what may be said once, before anything of it is read."""
    app.before_request(_check)


def _check() -> None:
    parameters = url_parameters()
    for name in COMMON:
        parameters.one(name)


class Parameters:
    """Names and values, each name possibly many times."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def names(self) -> list[str]:
        """Every name that is given, once, in the order of the request."""
        return list(dict.fromkeys(name for name, _ in self._pairs))

    def pairs(self) -> list[tuple[str, str]]:
        """Every name with its value, as they were sent."""
        return list(self._pairs)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self._pairs if key == name)

    def one(self, name: str) -> str | None:
        """The value, or None. Raises Refused where there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise Refused("request", f"{name} is given {len(values)} times; it may be given once.")
        return values[0] if values else None


def time_limit(parameters: Parameters, most: float) -> float:
    """The seconds of the server's time limit, or the fewer that the client asks for. Raises Refused."""
    asked = parameters.one("timeout")
    if asked is None:
        return most
    try:
        seconds = float(asked)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise wrong("timeout", asked, "a number of seconds above 0")
    return min(seconds, most)


def is_on(parameters: Parameters, name: str) -> bool:
    """Whether a switch is `true`. Raises Refused where it is neither `true` nor `false`."""
    value = parameters.one(name)
    if value not in (None, "", "true", "false"):
        raise wrong(name, value, "true or false")
    return value == "true"


def wrong(name: str, value: str, allowed: str) -> Refused:
    """The problem of a parameter that has a value it cannot have."""
    shown = value if len(value) <= 60 else value[:60] + "…"
    members: dict[str, object] = {"parameter": name, "value": shown, "allowed": allowed}
    return Refused("parameter", f"{name} is {shown!r}; it must be {allowed}.", members=members)


def url_parameters() -> Parameters:
    """What stands behind the question mark. Raises Refused."""
    return Parameters(_decode(request.query_string, "The query string"))


def form_parameters() -> Parameters:
    """What an HTML form sends in its body. Raises Refused."""
    return Parameters(_decode(request.get_data(), "The form"))


def text_body() -> str:
    """The body as text. Raises Refused where it is not UTF-8."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused("media-type", f"The charset {charset} is not understood; send UTF-8.")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            "request", f"The body is not UTF-8: byte {error.start + 1} begins no character."
        ) from None


def _decode(content: bytes, what: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            content.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise Refused("request", f"{what} is not UTF-8.") from None
    except ValueError:
        raise Refused("request", f"{what} has more than {MOST_FIELDS} fields.") from None

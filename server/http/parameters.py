"""The parameters of a protocol request, decoded strictly: what is not UTF-8 is the client's mistake."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Flask, Request, current_app, request
from flask.sansio.app import App
from rapidfuzz import process

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Remark
from loader.query.parameter import wrong_value
from server.formats import names_of
from server.refusal import Refused

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FORM = "application/x-www-form-urlencoded"
NAME = "unmissions.parameters"
TABLE = Path(__file__).with_suffix(".toml")
MOST_FIELDS = 1000
# What newsletters, advertisements and networks hang on addresses.
TRACKING = re.compile(r"utm_\w+|[a-z]{1,4}clid|gclsrc|gad_source|mc_[ce]id|igshid|_ga|_gl|_hs\w+|mkt_tok")
TIME = re.compile(r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE]\d+)?) ?(?P<unit>s|ms|)")
UNITS = {"": 1.0, "s": 1.0, "ms": 0.001}
# The names under which clients say the format that they want; the first is ours.
FORMAT_NAMES = ("format", "output", "results", "_mediatype")
# What every address understands.
COMMON = ("release", "lang", *FORMAT_NAMES)
ONCE = ("query", "update")
# The texts of a language, which editors begin with a mark that is none of their letters.
TEXTS, BYTE_ORDER_MARK = ("query", "update", "text"), "\ufeff"
# Values by which clients that always send a name say nothing.
NOTHING = {"timeout": ("", "0")} | {
    name: ("",)
    for name in (
        "default-graph-uri", "named-graph-uri", "release",
        "page", "page_size", "pageSize", "limit", "offset", "sort", "q", "filter",
    )
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Refuses an address that says what nobody there reads, or twice what may be said once."""
    for endpoint, names in tomllib.loads(TABLE.read_text()).items():
        allow(app, endpoint, names)
    app.request_class = UntrackedRequest
    app.before_request(_check)


class UntrackedRequest(Request):
    """A request whose address has lost what was hung on it to follow readers; no link or citation has it."""

    def __init__(self, environ: "WSGIEnvironment", *given: bool, **more: bool) -> None:
        if query := environ.get("QUERY_STRING"):
            fields = (field for field in query.split("&") if not TRACKING.fullmatch(field.partition("=")[0]))
            environ["QUERY_STRING"] = "&".join(fields)
        super().__init__(environ, *given, **more)


def allow(app: App, endpoint: str, names: Iterable[str]) -> None:
    """Lets an address have parameters beside those that all have; `*` is one that checks them itself."""
    app.extensions.setdefault(NAME, {})[endpoint] = frozenset((*names, *COMMON))


def _check() -> None:
    parameters = url_parameters()
    for name in ("release", "lang"):
        parameters.one(name)
    asked_format(parameters.pairs())
    known = current_app.extensions[NAME].get(request.endpoint, {"*"})
    if request.method in ("GET", "HEAD") and "*" not in known:
        refuse_others(known)


def refuse_others(known: Collection[str] = COMMON) -> None:
    """Raises Refused where the address has a parameter that is none of these."""
    for name in url_parameters().names():
        if name not in known:
            raise unknown(name, known)


def unknown(name: str, known: Iterable[str]) -> Refused:
    """The problem of a parameter that nobody reads, which a reader would take for one that was heeded."""
    names = sorted(known)
    found = process.extractOne(name[:60], names, score_cutoff=60)
    members: dict[str, object] = {"parameter": name[:60], "nearest": [found[0]] if found else []}
    told = {"name": name[:60], "near": found[0] if found else "", "names": listed(names)}
    if found:
        remark = Remark("%(name)s is not a parameter of this address. Did you mean %(near)s?", told)
    else:
        remark = Remark("%(name)s is not a parameter of this address. It takes: %(names)s.", told)
    return Refused("parameter", remark, members=members)


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
        """The values of a name; those that clients send to say nothing are none."""
        nothing = NOTHING.get(name, ())
        return tuple(value for key, value in self._pairs if key == name and value not in nothing)

    def one(self, name: str) -> str | None:
        """The value, or None. Raises Refused where there are several; the same one again is no mistake,
        but for what is asked itself (SPARQL 1.1 Protocol, section 2.1)."""
        values = self.all(name)
        if len(set(values)) > 1 or (name in ONCE and len(values) > 1):
            times = {"name": name, "times": str(len(values))}
            raise Refused("request", Remark("%(name)s is given %(times)s times; give it once.", times))
        return next(iter(values), None)

    def joined(self, others: "Parameters") -> "Parameters":
        """These and those of another part of the request. Raises Refused where they contradict each other."""
        mine = set(self.names())
        for name in others.names():
            if name in mine and set(self.all(name)) != set(others.all(name)):
                message = Remark(
                    "%(name)s is given both in the address and in the body, with different values.",
                    {"name": name},
                )
                raise Refused("request", message, members={"parameter": name})
        return Parameters([*self._pairs, *(pair for pair in others.pairs() if pair[0] not in mine)])


def time_limit(parameters: Parameters, most: float) -> float:
    """The seconds of the server's time limit, or the fewer that the client asks for. Raises Refused."""
    asked = parameters.one("timeout")
    if asked is None:
        return most
    found = TIME.fullmatch(asked.strip())
    seconds = float(found["number"]) * UNITS[found["unit"]] if found else 0.0
    if not seconds > 0:
        raise wrong("timeout", asked, Remark("a number of seconds above 0, such as 10, 10s or 500ms"))
    return min(seconds, most)


def asked_format(pairs: Iterable[tuple[str, str]]) -> str | None:
    """The format that these parameters name, in small letters; None where they name none.

    Clients repeat it under several names, by several of its own names, or as a list of media types; a plus of
    those comes as a blank where nobody encoded it. Raises Refused where they name several.
    """
    given = [value for name, value in pairs if name in FORMAT_NAMES and value]
    values = list(dict.fromkeys(_one_of(value.strip().lower().replace(" ", "+")) for value in given))
    if len(values) > 1 and not set.intersection(*(names_of(value) for value in values)):
        told = listed(value[:60] for value in values)
        message = Remark(
            "format is given %(number)s times; give it once. The values: %(told)s.",
            {"number": len(values), "told": told},
        )
        raise Refused("request", message)
    return min(values, key=lambda value: len(names_of(value)), default=None)


def _one_of(value: str) -> str:
    """Of a list of media types the first that is known."""
    return next((part for part in value.split(",") if names_of(part)), value)


def is_on(parameters: Parameters, name: str) -> bool:
    """Whether a switch is `true`. Raises Refused where it is neither `true` nor `false`."""
    value = parameters.one(name)
    if value not in (None, "", "true", "false"):
        raise wrong(name, value, Remark("true or false"))
    return value == "true"


def wrong(name: str, value: str, allowed: Remark) -> Refused:
    """The problem of a parameter that has a value it cannot have."""
    found = wrong_value(name, value, allowed)
    # A value may be empty here, and is stated all the same.
    return Refused("parameter", found.remark, members={**found.facts, "value": found.value})


def one_of(choices: Iterable[str]) -> Remark:
    """That one of these is allowed."""
    return Remark("one of %(choices)s", {"choices": listed(choices)})


def url_parameters() -> Parameters:
    """What stands behind the question mark. Raises Refused."""
    return Parameters(_decode(request.query_string, "The query string"))


def form_parameters() -> Parameters:
    """What an HTML form sends in its body. Raises Refused."""
    return Parameters(_decode(request.get_data(), "The form"))


def text_body() -> str:
    """The body as text. Raises Refused where it is not UTF-8."""
    check_charset(request.mimetype_params)
    try:
        return _unmarked(request.get_data().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused(
            "request",
            Remark(
                "The body is not UTF-8: no character begins at byte %(start)s.", {"start": error.start + 1}
            ),
        ) from None


def check_charset(parameters: Mapping[str, str]) -> None:
    """Raises Refused where the parameters of a media type say that a body is not UTF-8."""
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(
            "media-type",
            Remark("The charset %(charset)s is not understood; send UTF-8.", {"charset": charset}),
        )


def _decode(content: bytes, what: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            content.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise Refused("request", Remark("%(what)s is not UTF-8.", {"what": what})) from None
    except ValueError:
        raise Refused(
            "request",
            Remark(
                "%(what)s has more than %(most_fields)s fields.", {"what": what, "most_fields": MOST_FIELDS}
            ),
        ) from None
    return [(name, _unmarked(value) if name in TEXTS else value) for name, value in pairs]


def _unmarked(text: str) -> str:
    return text.removeprefix(BYTE_ORDER_MARK)

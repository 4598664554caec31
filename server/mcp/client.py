"""Asks a server by its own addresses, so that its limits hold; what it refuses is told in its own words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

PATIENCE = 120.0
_OPENER = build_opener(ProxyHandler({}))  # the server is asked itself, not by way of a proxy


class NotAnswered(Exception):
    """What the server refused, as a sentence with the place in the query where there is one."""


@dataclass(frozen=True)
class Received:
    """An answer: its release, its media type and its text."""

    release: str
    media_type: str
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Client:
    """Asks the server at an address."""

    server: str

    def get(self, path: str, parameters: Mapping[str, object], accept: str = "application/json") -> Received:
        """Raises NotAnswered."""
        given = {name: value for name, value in parameters.items() if value not in ("", None)}
        return self._ask(Request(f"{self.server}{path}?{urlencode(given, doseq=True)}"), accept)

    def post(self, path: str, fields: Mapping[str, object], accept: str = "application/json") -> Received:
        """A form. Raises NotAnswered."""
        given = {name: value for name, value in fields.items() if value not in ("", None)}
        return self._ask(Request(f"{self.server}{path}", urlencode(given).encode()), accept)

    def _ask(self, request: Request, accept: str) -> Received:
        request.add_header("Accept", accept)
        try:
            with _OPENER.open(request, timeout=PATIENCE) as answer:
                release = answer.headers.get("UN-Missions-Release", "")
                return Received(release, answer.headers.get_content_type(), answer.read().decode())
        except HTTPError as error:
            raise NotAnswered(_told(error)) from None
        except (URLError, TimeoutError) as error:
            raise NotAnswered(f"{self.server} does not answer: {error}.") from None


def _told(error: HTTPError) -> str:
    """A problem in words, as RFC 9457 has them."""
    content = error.read()
    try:
        problem = json.loads(content)
    except ValueError:
        return f"The server answered {error.code}."
    place = f" (line {problem['line']}, column {problem['column']})" if "line" in problem else ""
    nearest = f" Nearest: {', '.join(map(str, problem['nearest']))}." if problem.get("nearest") else ""
    return f"{problem.get('title')}: {problem.get('detail')}{place}{nearest}"

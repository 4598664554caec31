"""What a request cannot have, whoever finds out; the status says whose fault it is."""

from collections.abc import Mapping

from loader.query.mistakes.mistake import Remark

TYPES = "https://w3id.org/un-missions/problem/"

# What goes wrong, with the status and the title it gets; the detail is written where it goes wrong.
KINDS: dict[str, tuple[int, str]] = {
    "syntax": (400, "The query is not valid SPARQL"),
    "refused": (400, "The query cannot be evaluated"),
    "request": (400, "The request is wrong"),
    "parameter": (400, "A parameter is wrong"),
    "too-complex": (400, "The query is too complex"),
    "unauthorized": (401, "A token is needed"),
    "forbidden": (403, "This is not allowed here"),
    "not-found": (404, "There is nothing here"),
    "no-release": (404, "There is no such release"),
    "no-data-set": (404, "A data set is not loaded"),
    "method": (405, "This method does not work at this address"),
    "not-acceptable": (406, "None of the requested formats is available"),
    "too-slow": (408, "The request came too slowly"),
    "too-large": (413, "The request is too large"),
    "header-too-large": (431, "A header is too large"),
    "media-type": (415, "The media type is not understood"),
    "precondition": (412, "The graph has changed"),
    "condition-required": (428, "A condition is needed"),
    "range": (416, "The file has no such part"),
    "unreadable": (400, "The data cannot be read"),
    "too-many": (429, "Too many requests"),
    "gone": (499, "The connection was closed before the answer"),
    "defect": (500, "Something went wrong here"),
    "remote": (502, "Another endpoint failed"),
    "remote-slow": (504, "Another endpoint did not answer in time"),
    "timeout": (503, "The query took too long"),
    "memory": (503, "The query needed too much memory"),
    "full": (503, "The server is busy"),
    "unavailable": (503, "The service is not available"),
    "storage": (507, "The data cannot be stored"),
}


class Refused(Exception):
    """A refusal: `detail` is for the person who asked, `line` and `column` are where in the text it lies.

    Pages tell a detail that is a Remark in the language of their reader.
    `retry_after` is in seconds, 0 where it is of no use to come again; `members` stand in the problem beside
    the usual ones. Raises ValueError where there is no such kind.
    """

    def __init__(
        self,
        kind: str,
        detail: str | Remark,
        *,
        line: int = 0,
        column: int = 0,
        retry_after: int = 0,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(str(detail))
        if kind not in KINDS:
            raise ValueError(f"there is no kind of refusal {kind[:60]!r}")
        self.kind, self.detail = kind, str(detail)
        self.remark = detail if isinstance(detail, Remark) else None
        self.line, self.column, self.retry_after = line, column, retry_after
        self.headers, self.members = dict(headers or {}), dict(members or {})
        if retry_after:
            self.headers["Retry-After"] = str(retry_after)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    def problem(self) -> dict[str, object]:
        """The members of its problem details (RFC 9457)."""
        status, title = KINDS[self.kind]
        place = {"line": self.line, "column": self.column} if self.line else {}
        usual = {"type": TYPES + self.kind, "title": title, "status": status, "detail": self.detail}
        return {**usual, **place, **self.members}

"""One linear look at a query before anything parses it; refusals are cheap, safety does not need them."""

from dataclasses import dataclass

from loader.query.mistakes.mistake import Remark
from loader.query.tokens import tokens
from server.engine.query_limits import Limits
from server.engine.scanner import QueryScanner, size_of
from server.refusal import Refused

WHERE_UPDATES_GO = Remark("Updates are sent to /update, with the token.")
VOLATILE = ("NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE")


@dataclass(frozen=True)
class Scanned:
    """What one look tells: the form of the query (`UPDATE` if none of the four), its keywords, and the
    addresses that it calls by SERVICE.

    `update` is where the first word of an update stands, as line and column, 0 where none does.
    """

    form: str
    words: frozenset[str]
    services: tuple[str, ...] = ()
    update: tuple[int, int] = (0, 0)

    @property
    def is_volatile(self) -> bool:
        """Whether the same query may have another answer the next time."""
        return not self.words.isdisjoint(VOLATILE)


def scan(text: str, limits: Limits) -> Scanned:
    """Looks at a query once.

    Raises Refused `too-large`, `too-complex` or `forbidden`, with the place.
    """
    size = size_of(text)
    if size > limits.bytes + limits.values_bytes:
        raise _too_large(limits)
    scanner = QueryScanner(text, limits)
    for token in tokens(text):
        scanner.take(token)
    if size - scanner.data.bytes > limits.bytes:
        raise _too_large(limits)
    return Scanned(
        scanner.form or "UPDATE",
        frozenset(scanner.words),
        tuple(dict.fromkeys(scanner.called)),
        scanner.update,
    )


def _too_large(limits: Limits) -> Refused:
    most = f"{limits.bytes} bytes, beyond {limits.values_bytes} for the data of its VALUES"
    return Refused("too-large", Remark("The query is longer than %(most)s.", {"most": most}))


def no_query(scanned: Scanned) -> Refused:
    """The refusal of a text that is no query, but may be an update."""
    line, column = scanned.update
    if not line:
        return Refused("syntax", Remark("There is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query."))
    message = "This is an update, not a query. Updates are sent to %(address)s, with the token."
    return Refused("syntax", Remark(message, {"address": "/update"}), line=line, column=column)

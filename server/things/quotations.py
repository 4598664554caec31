"""The words of the sources that support a thing, each place once, with what it supports there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.asking.statements import Statement, read_labels, read_statements, statements_query
from server.tables.quotation import Quotation
from server.things.facts import BACK, OUT, Fact, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around, nodes

STATEMENT = f"{BASE}statement/"
EVIDENCE, SUPPORTS, BODY = iri("unm:evidence"), iri("unm:supports"), iri("oa:hasBody")
DERIVED = iri("prov:wasDerivedFrom")
MOST = 100


@dataclass(frozen=True)
class Quotations:
    """The quotations in the order of their sources, each with the things that it supports.

    `read` statements were read of the `number` that there are.
    """

    supports: tuple[tuple[Quotation, tuple[str, ...]], ...]
    read: int
    number: int
    labels: dict[str, dict[str, str]]


def quotations(thing: str, facts: ThingFacts, beside: Around, asker: Asker) -> Quotations:
    """What is about a thing, or names it, or is about its participations. Raises Refused."""
    found = list(dict.fromkeys(_statements(thing, facts, beside)))
    if not found:
        return Quotations((), 0, 0, {})
    read = found[:MOST]
    answer = asker.table(statements_query(named=read))
    supports = tuple(_merged(thing, read_statements(answer)))
    return Quotations(supports, len(read), len(found), read_labels(answer))


def is_quoted(fact: Fact) -> bool:
    """Whether a fact is told by a quotation, so that nothing more need be said of it."""
    is_back = fact.way == BACK and fact.predicate in (SUPPORTS, BODY)
    return is_back or (fact.predicate == DERIVED and fact.value.value.startswith(STATEMENT))


def _statements(thing: str, facts: ThingFacts, beside: Around) -> Iterable[str]:
    if thing.startswith(STATEMENT):
        yield thing
    yield from facts.values(OUT, EVIDENCE)
    yield from facts.values(BACK, SUPPORTS, BODY)
    yield from (one for one in facts.values(BACK, DERIVED) if one.startswith(STATEMENT))
    for node in nodes(facts):
        yield from (cell.value for cell in beside.said.get(node, {}).get(EVIDENCE, []))


def _merged(thing: str, statements: Iterable[Statement]) -> Iterator[tuple[Quotation, tuple[str, ...]]]:
    """Each place of a source once, with all that it supports beside the thing itself."""
    found: dict[tuple[str, int, str], tuple[Quotation, dict[str, None]]] = {}
    for one in statements:
        words = one.quotation
        _, supports = found.setdefault((words.source, words.start or 0, words.text), (words, {}))
        supports |= {one.thing: None} if one.thing not in ("", thing) else {}
    for _, (words, supports) in sorted(found.items(), key=lambda item: item[0]):
        yield words, tuple(supports)

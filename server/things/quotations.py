"""The words of the sources that support a thing, each place once, with what it supports there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.tables.quotation import Quotation
from server.tables.reading import Labels
from server.tables.table import Table
from server.things.facts import BACK, OUT, Fact, Outline
from server.things.names import iri
from server.things.neighbours import Around, nodes
from server.things.query_texts import fill, text_of

STATEMENTS = text_of("statements")
STATEMENT = f"{BASE}statement/"
EVIDENCE, SUPPORTS, BODY = iri("unm:evidence"), iri("unm:supports"), iri("oa:hasBody")
DERIVED, LABEL = iri("prov:wasDerivedFrom"), iri("rdfs:label")
MOST = 100


@dataclass(frozen=True)
class Support:
    """A quotation and the things that it supports; `address` is its place on the page of the source."""

    quotation: Quotation
    supports: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Quotations:
    """The quotations in the order of their sources; `number` counts all statements there are."""

    supports: tuple[Support, ...]
    read: int
    number: int
    labels: dict[str, dict[str, str]]


def quotations(thing: str, facts: Outline, beside: Around, asker: Asker) -> Quotations:
    """What is about a thing, or names it, or is about its participations. Raises Refused."""
    found = list(dict.fromkeys(_statements(thing, facts, beside)))
    if not found:
        return Quotations((), 0, 0, {})
    read = found[:MOST]
    supports, labels = _read(thing, asker.table(fill(STATEMENTS, statement=read)))
    return Quotations(supports, len(read), len(found), labels)


def is_quoted(fact: Fact) -> bool:
    """Whether a fact is told by a quotation, so that nothing more need be said of it."""
    is_back = fact.way == BACK and fact.predicate in (SUPPORTS, BODY)
    return is_back or (fact.predicate == DERIVED and fact.value.value.startswith(STATEMENT))


def _statements(thing: str, facts: Outline, beside: Around) -> Iterable[str]:
    if thing.startswith(STATEMENT):
        yield thing
    yield from facts.values(OUT, EVIDENCE)
    yield from facts.values(BACK, SUPPORTS, BODY)
    yield from (one for one in facts.values(BACK, DERIVED) if one.startswith(STATEMENT))
    for node in nodes(facts):
        yield from (cell.value for cell in beside.said.get(node, {}).get(EVIDENCE, []))


@dataclass
class _Parts:
    """What the rows say of one statement."""

    said: dict[str, str]
    supports: dict[str, None]


def _read(thing: str, table: Table) -> tuple[tuple[Support, ...], dict[str, dict[str, str]]]:
    labels: dict[str, dict[str, str]] = {}
    addresses: dict[str, str] = {}
    by_statement: dict[str, _Parts] = {}
    for row in table.dictionaries():
        if "statement" in row:
            parts = by_statement.setdefault(row["statement"].value, _Parts({}, {}))
            parts.said |= {name: cell.value for name, cell in row.items()}
            parts.supports |= {row["thing"].value: None} if "thing" in row else {}
        elif row["property"].value == LABEL:
            labels.setdefault(row["thing"].value, {})[row["value"].language] = row["value"].value
        else:
            addresses[row["thing"].value] = row["value"].value
    read = [(_quotation(parts.said, labels, addresses), parts) for parts in by_statement.values()]
    return _merged(thing, read), labels


def _quotation(said: Mapping[str, str], labels: Labels, addresses: Mapping[str, str]) -> Quotation:
    source = said.get("source", "")
    names = labels.get(source, {})
    return Quotation(
        text=said.get("quotation", ""),
        heading=said.get("heading", ""),
        source=source,
        source_en=names.get("en", ""),
        source_ar=names.get("ar", ""),
        address=addresses.get(source, ""),
        start=_number(said.get("start", "")),
        end=_number(said.get("end", "")),
        statement=said["statement"],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _merged(thing: str, read: list[tuple[Quotation, _Parts]]) -> tuple[Support, ...]:
    """Each place of a source once, with all that it supports beside the thing itself."""
    found: dict[tuple[str, int | None, str], tuple[Quotation, dict[str, None]]] = {}
    for one, parts in read:
        if one.source:
            _, supports = found.setdefault((one.source, one.start, one.text), (one, {}))
            supports |= {about: None for about in parts.supports if about != thing}
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2]))
    return tuple(Support(one, tuple(supports), _address(one)) for _, (one, supports) in ordered)


def _address(one: Quotation) -> str:
    """Its place on the page of the source; a source from outside has no page here."""
    if one.start is None or not one.source.startswith(f"{BASE}source/"):
        return ""
    return f"/sources/{one.source.rpartition('/')[2]}#{one.statement.rpartition('/')[2]}"

"""The facts of a page in their blocks, what leads to the thing, and what only programs need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.i18n.languages import Text, best
from server.page.links import thing_link
from server.things.facts import BACK, EACH, OUT, Fact, ThingFacts
from server.things.names import TermNames, iri, wording
from server.things.neighbours import NODES
from server.things.numbers import in_words
from server.things.property_iris import EDTF, EVIDENCE, FIRST_DAY
from server.things.quotations import is_quoted
from server.things.values import Reader, Value

TYPE = iri("rdf:type")
BOUNDS = frozenset((FIRST_DAY, iri("unm:notAfter")))


@dataclass(frozen=True, kw_only=True)
class PropertyRow:
    """A property with its values; `number` is how many there are, of which the first are shown."""

    predicate: str
    name: Text
    is_back: bool
    is_turned: bool
    address: str
    values: tuple[Value, ...]
    number: int

    @property
    def is_derived(self) -> bool:
        """Whether all of it follows from other facts."""
        return all(value.is_derived for value in self.values)


@dataclass(frozen=True)
class Block:
    """Rows that belong together; the last block has no title."""

    title: str
    rows: tuple[PropertyRow, ...]


@dataclass(frozen=True)
class Sorted:
    """The facts of a page by where they stand on it."""

    blocks: tuple[Block, ...]
    back: tuple[PropertyRow, ...]
    folded: tuple[PropertyRow, ...]

    @property
    def is_derived(self) -> bool:
        """Whether anything in the blocks follows from other facts."""
        return any(value.is_derived for block in self.blocks for row in block.rows for value in row.values)

    @property
    def is_derived_back(self) -> bool:
        """The same of what leads to the thing."""
        return any(value.is_derived for row in self.back for value in row.values)


def sort(facts: ThingFacts, terms: TermNames, reader: Reader, labels: Mapping[str, str]) -> Sorted:
    """Puts every fact into its place; `labels` are the names that the heading says already."""
    own = {EVIDENCE, TYPE, *wording().identifiers, *NODES[OUT]}
    repeated = _repeated(facts, terms)
    folded = _folded(facts)
    said = [f for f in facts.facts if f.way == OUT and f.predicate not in own and not _is_heading(f, labels)]
    leads = [f for f in facts.facts if f.way == BACK and f.predicate not in NODES[BACK] and not is_quoted(f)]
    hidden = dict.fromkeys(f for f in (*said, *leads) if f in repeated or f.predicate in folded)
    rest = [f for f in said if f not in hidden]
    return Sorted(
        tuple(_blocks(_rows(rest, facts, terms, reader), reader.language)),
        _rows([f for f in leads if f not in hidden], facts, terms, reader),
        _rows([*hidden, *_types(facts, terms)], facts, terms, reader),
    )


def kinds(facts: ThingFacts, terms: TermNames) -> list[str]:
    """The classes of a thing, without those that are above another of them."""
    found = facts.values(OUT, TYPE)
    above = {higher for one in found for higher in terms.above.get(one, ())}
    return [one for one in found if one not in above] or found


def _types(facts: ThingFacts, terms: TermNames) -> list[Fact]:
    """The classes that the line under the heading leaves out."""
    shown = kinds(facts, terms)
    return [fact for fact in facts.of(OUT, TYPE) if fact.value.value not in shown]


def _is_heading(fact: Fact, labels: Mapping[str, str]) -> bool:
    return fact.predicate in wording().labels and labels.get(fact.value.language) == fact.value.value


def _folded(facts: ThingFacts) -> frozenset[str]:
    """A date in words makes the bounds that were computed from it needless."""
    return wording().folded | (BOUNDS if facts.of(OUT, EDTF) else frozenset())


def _repeated(facts: ThingFacts, terms: TermNames) -> set[Fact]:
    """Facts that another says more exactly: with a property below theirs, or with the inverse."""
    said = {(fact.way, fact.predicate, fact.value) for fact in facts.facts}
    found = {
        Fact(way, higher, value)
        for way, property_, value in said
        for higher in terms.above.get(property_, ())
        if (way, higher, value) in said
    }
    for way, property_, value in said:
        inverse = terms.inverses.get(property_) or wording().said_by.get(property_)
        above = terms.above.get(property_, frozenset())
        if way == BACK and inverse and (OUT, inverse, value) in said:
            found |= {Fact(way, one, value) for one in (property_, *above)}
    return found


def _rows(
    facts: Iterable[Fact], whole: ThingFacts, terms: TermNames, reader: Reader
) -> tuple[PropertyRow, ...]:
    by_property: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        by_property.setdefault((fact.way, fact.predicate), []).append(fact)
    rows = (_row(*key, found, whole, terms, reader) for key, found in by_property.items())
    return tuple(sorted(rows, key=lambda row: (*wording().place(row.predicate), row.predicate, row.is_back)))


def _row(
    way: str, property_: str, facts: list[Fact], whole: ThingFacts, terms: TermNames, reader: Reader
) -> PropertyRow:
    spoken = _in_one_language(facts, reader.language) if property_ in wording().one_language else facts
    read = reader.language_value if property_ in wording().languages else reader.value
    values = sorted(
        (in_words(read(f.value, f.is_derived), property_) for f in spoken), key=lambda value: value.order
    )
    unread = whole.numbers[way, property_] - len(whole.of(way, property_))
    back = terms.name_back(property_, reader.language) if way == BACK else None
    return PropertyRow(
        predicate=property_,
        name=back or terms.name(property_, reader.language, reader.labels),
        is_back=way == BACK,
        is_turned=way == BACK and back is None,
        address=thing_link(property_),
        values=tuple(values[:EACH]),
        number=len(values) + unread,
    )


def _in_one_language(facts: list[Fact], language: str) -> list[Fact]:
    """Those in the language that the reader gets, and those that are in none."""
    spoken = {fact.value.language: fact.value.value for fact in facts if fact.value.language}
    chosen = best(spoken, language).language if spoken else ""
    return [fact for fact in facts if fact.value.language in ("", chosen)]


def _blocks(rows: Iterable[PropertyRow], language: str) -> Iterable[Block]:
    by_block: dict[int, list[PropertyRow]] = {}
    for row in rows:
        by_block.setdefault(wording().place(row.predicate)[0], []).append(row)
    titles = [title[language] for title, _ in wording().blocks] + [""]
    return [Block(titles[place], tuple(found)) for place, found in sorted(by_block.items())]

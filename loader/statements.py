"""Turns the curators' `unm:quote` into Statements with their place in the source."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from loader.draft import Draft
from loader.problems import BuildRefused, Location
from loader.quotes import LocatedQuotation, QuoteNotFound, find_quotation
from loader.sources import Section, Source, Sources
from loader.terms import (
    DCTERMS,
    OA,
    PROV,
    RDF,
    THING,
    UNM,
    LocatedTriple,
    Term,
    Triple,
    kind_and_slug,
)
from loader.told_sections import SectionFinder, SoughtQuotations
from loader.translations import passages_within

QUOTED_GRAPHS = ("reference", "missions", "links")


@dataclass(frozen=True, kw_only=True)
class _Quote:
    """What a curator wrote: the words, what stands before them, and of which values they are the evidence.

    `section` is named where the same words stand in several sections of the thing.
    """

    thing: ox.NamedNode
    exact: str
    prefix: str
    supports: tuple[Term, ...]
    section: Term | None
    location: Location


def add_statements(draft: Draft, sources: Sources) -> None:
    """Replaces every `unm:quote` by a Statement in the graph `evidence`.

    Raises BuildRefused with every quotation that is not where it should be.
    """
    sections = SectionFinder(draft, sources)
    sought: dict[Term, SoughtQuotations] = defaultdict(SoughtQuotations)
    for graph in QUOTED_GRAPHS:
        quotes, rest = _split(draft.located(graph))
        draft.replace(graph, rest)
        for quote in quotes:
            _add_statement(draft, quote, sections, sought[sections.told_by(quote.thing)])
    draft.add("evidence", _outside_statements(draft, sources))
    draft.add("evidence", _section_positions(draft, sources))
    problems = [one for told_by, all_ in sought.items() for one in all_.problems(draft, told_by, sections)]
    if problems:
        raise BuildRefused(problems)


def _add_statement(draft: Draft, quote: _Quote, sections: SectionFinder, sought: SoughtQuotations) -> None:
    sources = sections.sources
    try:
        found = find_quotation(sources, _told(quote, sections, sources), quote.exact, quote.prefix)
    except QuoteNotFound as error:
        sought.missing.append((quote.location, error))
        return
    sought.found += 1
    source = sources.texts[found.section.source]
    draft.add("evidence", _located(_statement(quote, found, source), quote.location))


def _told(quote: _Quote, sections: SectionFinder, sources: Sources) -> list[Section]:
    """Where the words are sought. Raises QuoteNotFound."""
    if quote.section is None:
        return sections.of(quote.thing)
    if not isinstance(quote.section, ox.NamedNode) or quote.section not in sources.sections:
        raise QuoteNotFound(f"The quotation «{quote.exact}» names {quote.section}, which is no section.")
    return [sources.sections[quote.section]]


def _split(located: list[LocatedTriple]) -> tuple[list[_Quote], list[LocatedTriple]]:
    """Takes the quotes, with the nodes that belong to them, out of the triples of a graph."""
    nodes = {o for (_, p, o), _ in located if p == UNM.quote and isinstance(o, ox.BlankNode)}
    inside: dict[Term, list[tuple[ox.NamedNode, Term]]] = defaultdict(list)
    for (s, p, o), _ in located:
        if s in nodes:
            inside[s].append((p, o))
    quotes = [
        _quote(s, o, inside[o], location)
        for (s, p, o), location in located
        if p == UNM.quote and isinstance(s, ox.NamedNode)
    ]
    rest = [pair for pair in located if pair.triple[1] != UNM.quote and pair.triple[0] not in nodes]
    return quotes, rest


def _quote(
    thing: ox.NamedNode, value: Term, parts: list[tuple[ox.NamedNode, Term]], location: Location
) -> _Quote:
    if isinstance(value, ox.Literal):
        return _Quote(thing=thing, exact=value.value, prefix="", supports=(), section=None, location=location)
    texts = {p: o.value for p, o in parts}
    supports = tuple(sorted((o for p, o in parts if p == UNM.supports), key=str))
    return _Quote(
        thing=thing,
        exact=texts.get(OA.exact, ""),
        prefix=texts.get(OA.prefix, ""),
        supports=supports,
        section=next((o for p, o in parts if p == PROV.wasDerivedFrom), None),
        location=location,
    )


def _statement(quote: _Quote, found: LocatedQuotation, source: Source) -> Iterator[Triple]:
    """The triples of one Statement (Web Annotation Data Model, sections 4.2.4 and 4.2.5)."""
    statement = _statement_iri(quote.thing, _digest(quote))
    target, text_quote, position = (
        ox.NamedNode(f"{statement.value}#{part}") for part in ("target", "quote", "position")
    )
    yield (quote.thing, UNM.evidence, statement)
    yield (statement, RDF.type, UNM.Statement)
    yield (statement, RDF.type, OA.Annotation)
    yield (statement, OA.hasBody, quote.thing)
    yield (statement, OA.hasTarget, target)
    yield (statement, PROV.wasDerivedFrom, found.section.iri)
    yield from ((statement, UNM.supports, value) for value in quote.supports)
    passages = passages_within(source, found.start, found.end)
    yield from ((statement, UNM.inPassage, passage) for passage in passages)
    yield (target, RDF.type, OA.SpecificResource)
    yield (target, OA.hasSource, found.section.source)
    yield (target, OA.hasSelector, text_quote)
    yield (target, OA.hasSelector, position)
    yield (text_quote, RDF.type, OA.TextQuoteSelector)
    yield (text_quote, OA.exact, ox.Literal(found.exact))
    yield (text_quote, OA.prefix, ox.Literal(found.prefix))
    yield (text_quote, OA.suffix, ox.Literal(found.suffix))
    yield from _position(position, found.start, found.end)


def _digest(quote: _Quote) -> str:
    """Of the words alone, not of where they stand: an edit elsewhere in the source renames no Statement."""
    parts = [quote.prefix, quote.exact] + ([quote.section.value] if quote.section else [])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _position(node: ox.NamedNode, start: int, end: int) -> Iterator[Triple]:
    yield (node, RDF.type, OA.TextPositionSelector)
    yield (node, OA.start, ox.Literal(start))
    yield (node, OA.end, ox.Literal(end))


def _statement_iri(thing: ox.NamedNode, last: str) -> ox.NamedNode:
    kind, slug = kind_and_slug(thing)
    return THING[f"statement/{kind}-{slug}--{last}"]


def _outside_statements(draft: Draft, sources: Sources) -> Iterator[LocatedTriple]:
    """What was taken from a Source as a whole, such as a tenure, gets a Statement without selectors."""
    # Taken as a list before anything is added to what it is read from.
    for thing, predicate, source in sorted(draft.all(), key=lambda triple: tuple(map(str, triple))):
        if predicate != PROV.wasDerivedFrom or source not in sources.all_sources:
            continue
        if isinstance(thing, ox.NamedNode) and isinstance(source, ox.NamedNode):
            statement = _statement_iri(thing, kind_and_slug(source)[1])
            target = ox.NamedNode(f"{statement.value}#target")
            triples = (
                (thing, UNM.evidence, statement),
                (statement, RDF.type, UNM.Statement),
                (statement, RDF.type, OA.Annotation),
                (statement, OA.hasBody, thing),
                (statement, OA.hasTarget, target),
                (target, RDF.type, OA.SpecificResource),
                (target, OA.hasSource, source),
            )
            yield from _located(triples, draft.place_of(thing, predicate, source))


def _section_positions(draft: Draft, sources: Sources) -> Iterator[LocatedTriple]:
    """A section is a passage of its source like a quotation: it says where it begins and ends."""
    for section in sources.sections.values():
        position = ox.NamedNode(f"{section.iri.value}#position")
        triples = (
            (section.iri, OA.hasSource, section.source),
            (section.iri, DCTERMS.isPartOf, section.source),
            (section.iri, OA.hasSelector, position),
            *_position(position, section.start, section.end),
        )
        yield from _located(triples, draft.place_of(section.iri))


def _located(triples: Iterator[Triple] | tuple[Triple, ...], location: Location) -> list[LocatedTriple]:
    return [LocatedTriple(triple, location) for triple in triples]

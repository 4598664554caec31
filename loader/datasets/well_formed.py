"""What of a file can be read where some of it cannot: its sound triples; who reads is told of all others."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from loader.datasets.content import Content

Located = tuple[int, ox.Quad]
# Takes a line, and a sentence about what stands there.
Told = Callable[[int, str], None]


def well_formed(parsed: Iterable[Located], left_out: Told) -> Iterator[Located]:
    """The triples whose IRIs and language tags are some."""
    for line, quad in parsed:
        if sentence := _ill_formed(quad):
            left_out(line, sentence)
        else:
            yield line, quad


def known_keys(parsed: Iterable[Located], noticed: Told) -> Iterator[Located]:
    """The triples of JSON-LD whose key means something; the others are told of once a key."""
    unknown: set[str] = set()
    for line, quad in parsed:
        key = quad.predicate.value
        if ":" in key:
            yield line, quad
        elif key not in unknown:
            unknown.add(key)
            noticed(line, f"The key {key!r} is no IRI and no term of the context: JSON-LD passes over it.")


def behind_mistakes(quads: Iterator[ox.Quad], content: Content, left_out: Told) -> Iterator[Located]:
    """What a parser reads that goes on behind a statement that it cannot read.

    A text before the mistake on its line may have lost the end of its language tag: it goes too.
    """
    held: Located | None = None
    faulty = 0
    while True:
        try:
            quad = next(quads)
        except StopIteration:
            break
        except SyntaxError as error:
            line = max(1, error.lineno or content.line)
            if line != faulty:  # the parser names what follows from a mistake as well
                left_out(line, f"{error.msg}; the rest of the statement is left out.")
            held, faulty = None if held and _may_be_cut(held, line) else held, line
        else:
            if held:
                yield held
            held = content.line, quad
    if held:
        yield held


def _may_be_cut(held: Located, line: int) -> bool:
    value = held[1].object
    return held[0] == line and isinstance(value, ox.Literal) and value.language is not None


def _ill_formed(quad: ox.Quad) -> str:
    """A sentence about the first term that is none; empty where all are."""
    for term in (quad.subject, quad.predicate, quad.object):
        if isinstance(term, ox.NamedNode) and (why := _iri_flaw(term.value)):
            return f"<{term.value}> is no IRI: {why}."
        if isinstance(term, ox.Literal):
            if term.language and (why := _tag_flaw(term.language)):
                return f"{term.language!r} is no language tag: {why}."
            if why := _iri_flaw(term.datatype.value):
                return f"<{term.datatype.value}> is no IRI: {why}."
    return ""


@lru_cache(maxsize=100_000)
def _iri_flaw(iri: str) -> str:
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        return str(error)
    return ""


@lru_cache(maxsize=1000)
def _tag_flaw(tag: str) -> str:
    try:
        ox.Literal("", language=tag)
    except ValueError as error:
        return str(error)
    return ""

"""The identifiers that a thing has elsewhere, with the names of those who gave them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.i18n.languages import Text, slug
from server.page.links import outside_link
from server.tables.table import Cell
from server.things.facts import OUT, ThingFacts
from server.things.names import TermNames, iri, wording
from server.things.values import Reader

CODE = iri("dcterms:identifier")
AREAS = "http://metadata.un.org/sdg/codes/geoArea/"
SAME = frozenset((iri("owl:sameAs"), iri("skos:exactMatch"), CODE))


@dataclass(frozen=True, kw_only=True)
class Giver:
    """Who gives identifiers: of IRIs `begins` is known, of texts the `form` and their property."""

    en: str
    ar: str
    begins: str = ""
    form: str = ""
    property: str = ""
    address: str = ""

    def gave(self, property_: str, cell: Cell) -> bool:
        if self.begins:
            return cell.kind == "uri" and cell.value.startswith(self.begins)
        return self.property == property_ and re.fullmatch(self.form, cell.value) is not None


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """An identifier: who gave it, its words, where it leads, and our own page about it.

    `relation` says how near it comes, unless it is the same.
    """

    giver: Text
    words: str
    outside: str
    page: str
    relation: Text | None


@cache
def givers() -> tuple[Giver, ...]:
    """Those we know, in the order in which a page lists them."""
    told = tomllib.loads(Path(__file__).with_name("identifiers.toml").read_text(encoding="utf-8"))
    return tuple(Giver(**giver) for giver in told["giver"])


def identifiers(facts: ThingFacts, terms: TermNames, reader: Reader) -> list[Identifier]:
    """All of a thing, those of well-known givers first."""
    found = [(fact.predicate, fact.value) for fact in facts.of(OUT, *wording().identifiers)]
    told = {cell.value for property_, cell in found if property_ != CODE}
    linked = {slug(cell.value) for _, cell in found if cell.value.startswith(AREAS)}
    # A code that has a property or an address of its own need not be told twice.
    found = [one for one in found if one[1].value not in (told if one[0] == CODE else linked)]
    found.sort(key=lambda one: (_place(*one), one[1].value))
    return [_identifier(property_, cell, terms, reader) for property_, cell in found]


def _place(property_: str, cell: Cell) -> int:
    return next((n for n, giver in enumerate(givers()) if giver.gave(property_, cell)), len(givers()))


def _identifier(property_: str, cell: Cell, terms: TermNames, reader: Reader) -> Identifier:
    giver = next((giver for giver in givers() if giver.gave(property_, cell)), None)
    name = terms.name(property_, reader.language, reader.labels)
    is_iri = cell.kind == "uri"
    return Identifier(
        giver=Text(giver.ar if reader.language == "ar" else giver.en, reader.language) if giver else name,
        words=(slug(cell.value) if giver else reader.value(cell).shown.words) if is_iri else cell.value,
        outside=outside_link(cell.value if is_iri else _by_address(giver, cell.value)),
        page=reader.page_of(cell.value) if is_iri else "",
        relation=name if is_iri and giver and property_ not in SAME else None,
    )


def _by_address(giver: Giver | None, code: str) -> str:
    return giver.address + code.replace(" ", "") if giver and giver.address else ""

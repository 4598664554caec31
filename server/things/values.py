"""The values of facts as a reader sees them, with the pages to which they lead."""

from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from loader.release.namespaces import BASE
from server.i18n.languages import language, language_name
from server.i18n.spelling import sorting
from server.i18n.texts import texts
from server.page.html import unmarked, words
from server.page.links import link, outside_link, thing_link
from server.tables.certainty import reason
from server.tables.reading import Labels, Shown, shown_cell
from server.tables.table import Cell
from server.things.neighbours import Around
from server.things.property_iris import DATE_CERTAINTY, EDTF, FIRST_DAY

# On its first day a mission comes before its meetings.
MISSION = f"{BASE}mission/"
ELSEWHERE = 'rel="external noreferrer"'


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value: its words, the thing it is (maybe none), the date of an event.

    `date_reason` is the name of the certainty of a date that is not simply stated. `is_described`: a
    thing from elsewhere has a page here. Addresses are made when read, for a page shows the first of
    many values.
    """

    shown: Shown
    order: tuple[str, int, float, str]
    iri: str = ""
    date: Shown | None = None
    date_reason: str = ""
    is_derived: bool = False
    is_described: bool = False
    is_nameless: bool = False

    @property
    def address(self) -> str:
        """Our own page about it, or nothing."""
        return _page_of(self.iri, self.is_described) if self.iri else ""

    @property
    def outside(self) -> str:
        """Its address elsewhere, or nothing."""
        return "" if self.iri.startswith(BASE) else outside_link(self.iri)

    @cached_property
    def html(self) -> Markup:
        """Its words with where they lead, and its date."""
        return self.linked + self.dated

    @cached_property
    def linked(self) -> Markup:
        """Its words with where they lead."""
        if self.is_nameless:
            return Markup('<span class="nameless">%s</span>') % translate("something without a name")
        content = self.plain
        if address := self.address:
            content = Markup(f'<a href="{escape(address)}">{content}</a>{self._elsewhere()}')
        elif outside := self.outside:
            content = Markup(f'<a href="{escape(outside)}" {ELSEWHERE}>{content}</a>')
        return content

    @property
    def plain(self) -> Markup:
        """Its words alone."""
        return words(self.shown.words, self.shown.language)

    def _elsewhere(self) -> str:
        """An arrow to the page of another host, beside the link to ours."""
        outside = self.outside
        if not outside:
            return ""
        label = escape(f"{unmarked(self.shown.words)}: {translate('elsewhere')}")
        link = f'<a class="outside" href="{escape(outside)}" {ELSEWHERE} aria-label="{label}">'
        return f' {link}<span aria-hidden="true">↗</span></a>'

    @property
    def dated(self) -> Markup:
        """The date of an event, after its name."""
        if not self.date:
            return Markup()
        return Markup(f' <span class="date">{words(self.date.words, self.date.language)}</span>')


@dataclass(frozen=True)
class Reader:
    """Shows terms in one language, with the names that were read for the page."""

    language: str
    around: Around
    labels: Labels
    _values: dict[tuple[Cell, bool], Value] = field(default_factory=dict)

    def value(self, cell: Cell, is_derived: bool = False) -> Value:
        """A term as it is read, the same each time. A blank node has no words and no page."""
        key = cell, is_derived
        if key not in self._values:
            self._values[key] = self._value(cell, is_derived)
        return self._values[key]

    def language_value(self, cell: Cell, is_derived: bool = False) -> Value:
        """The code of a language as the name of it."""
        name = language_name(cell.value, self.language) if cell.kind == "literal" else ""
        named = Cell("literal", name, language=self.language) if name else cell
        return self.value(named, is_derived)

    def _value(self, cell: Cell, is_derived: bool) -> Value:
        if cell.kind == "bnode":
            return Value(
                shown=Shown(words="", language="", kind="text"),
                order=("", 2, 0, ""),
                is_derived=is_derived,
                is_nameless=True,
            )
        shown = shown_cell(cell, "", self.language, self.labels)
        if cell.kind != "uri":
            return Value(shown=shown, order=("", *shown.order), is_derived=is_derived)
        edtf = self.around.one(cell.value, EDTF)
        first, certainty = (self.around.one(cell.value, name) for name in (FIRST_DAY, DATE_CERTAINTY))
        return Value(
            shown=shown,
            iri=cell.value,
            date=shown_cell(edtf, "date", self.language, {}) if edtf else None,
            date_reason=reason(certainty.value) if edtf and certainty else "",
            order=(first.value if first else "", 1, not cell.value.startswith(MISSION), sorting(shown.words)),
            is_derived=is_derived,
            is_described=cell.value in self.around.described,
        )

    def thing(self, iri_: str) -> Value:
        """A thing as it is read."""
        return self.value(Cell("uri", iri_))

    def page_of(self, iri_: str) -> str:
        """Our own page about a thing, or nothing where there is none."""
        return _page_of(iri_, iri_ in self.around.described)


def _page_of(iri_: str, is_described: bool) -> str:
    if is_described and not iri_.startswith(BASE):
        return link("/resource", iri=iri_)
    address = thing_link(iri_)
    return address if address.startswith("/") else ""


def translate(message: str) -> str:
    return texts(language()).gettext(message)

"""A result as its reader sees it: labels in the reader's language, links to the things, dates in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loader.folding import fold
from loader.release.namespaces import BASE, EDTF, XSD
from server.i18n.dates import date_text, is_date
from server.i18n.languages import Text, best, slug
from server.i18n.spelling import sorting
from server.i18n.texts import texts
from server.prefixes import prefixed
from server.tables.columns import column_title, folded
from server.tables.table import Cell, Table, number_of, web_address

DATES = frozenset({EDTF, XSD + "date", XSD + "gYearMonth", XSD + "gYear"})
Labels = Mapping[str, Mapping[str, str]]
Row = tuple[Cell | None, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the page: where its term and its labels stand in a row of the result."""

    name: str
    title: str
    term: int | None
    labels: tuple[tuple[str, int], ...]
    kind: str

    @property
    def is_thing(self) -> bool:
        """Whether it names things rather than saying something of them."""
        return bool(self.labels)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A cell as it is read: `kind` is text, thing, link, number, date or truth; `iri` may be empty.

    A link is a thing that nothing gives a name; a `mark` says how it was inferred.
    """

    words: str
    language: str
    kind: str
    iri: str = ""
    value: str = ""
    mark: "Shown | None" = None

    @property
    def link(self) -> str:
        """The address to go to, or nothing."""
        return web_address(self.iri)

    @property
    def whole(self) -> str:
        """What a file says, where nobody can look behind the words: the IRI where there is no name."""
        return self.iri if self.kind == "link" else self.words

    @property
    def order(self) -> tuple[int, float, str]:
        """Numbers before words, dates in their order; Arabic words as if without their article."""
        if self.kind == "number" and (number := number_of(self.value)) is not None:
            return 0, number, ""
        if self.kind == "date":
            return 1, 0, self.value
        return 1, 0, sorting(self.words) if self.language == "ar" else fold(self.words)


@dataclass(frozen=True)
class Line:
    """A row: what is shown, and the terms behind it."""

    cells: tuple[Shown | None, ...]
    row: Row


@dataclass(frozen=True)
class Reading:
    """Columns and lines; every line has a cell or None for each column."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def place(self, *names: str) -> int | None:
        """Where the first of these columns that is there stands."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        return next((places[name] for name in names if name in places), None)


def read(table: Table, language: str, query: str = "", labels: Labels | None = None) -> Reading:
    """The table for a reader; `labels` names things that the result itself does not name."""
    columns = tuple(_columns(table, language, query))
    lines = (Line(tuple(_show(c, row, language, labels or {}) for c in columns), row) for row in table.rows)
    return Reading(columns, tuple(lines))


def nameless(table: Table) -> list[str]:
    """The things of ours that stand in the table without a label beside them, in their order."""
    columns = [c.term for c in _columns(table, "en", "") if c.term is not None and not c.labels]
    cells = (row[place] for row in table.rows for place in columns)
    found = (cell.value for cell in cells if cell is not None and cell.kind == "uri")
    return list(dict.fromkeys(iri for iri in found if iri.startswith(BASE)))


def _columns(table: Table, language: str, query: str) -> Iterator[Column]:
    """A column for each thing with its labels, unless the thing is a number of its own."""
    for name, places in folded(table.columns).items():
        term, labels = places.term, tuple(places.labels.items())
        title = column_title(name, language, query)
        if labels and term is not None and _kind(table, term, name) == "number":
            number = texts(language).gettext("number of %(column)s") % {"column": title}
            yield Column(name=name, title=number, term=term, labels=(), kind="number")
            yield Column(name=f"{name}_{language}", title=title, term=None, labels=labels, kind="text")
        else:
            kind = "thing" if labels else "text" if term is None else _kind(table, term, name)
            yield Column(name=name, title=title, term=term, labels=labels, kind=kind)


def _kind(table: Table, place: int, name: str) -> str:
    """What the cells of a column are: all numbers, all dates, or text."""
    cells = [row[place] for row in table.rows if row[place] is not None]
    if cells and all(cell is not None and cell.is_number for cell in cells):
        return "number"
    is_date_column = name == "date" or name.endswith("_date")
    if cells and all(
        c is not None and (c.datatype in DATES or (is_date_column and is_date(c.value))) for c in cells
    ):
        return "date"
    return "text"


def _show(column: Column, row: Row, language: str, labels: Labels) -> Shown | None:
    term = None if column.term is None else row[column.term]
    cells = ((code, row[place]) for code, place in column.labels)
    names = {code: cell.value for code, cell in cells if cell is not None}
    if names:
        text = best(names, language)
        return Shown(
            words=text.words,
            language=text.language,
            kind="thing",
            iri=_iri(term),
            value=term.value if term else text.words,
        )
    return None if term is None else shown_cell(term, column.kind, language, labels)


def shown_cell(cell: Cell, kind: str, language: str, labels: Labels) -> Shown:
    if cell.kind == "uri":
        text = named(cell.value, language, labels)
        named_or_not = "thing" if labels.get(cell.value) else "link"
        return Shown(
            words=text.words, language=text.language, kind=named_or_not, iri=cell.value, value=cell.value
        )
    if kind == "date" or cell.datatype in DATES:
        return Shown(
            words=date_text(cell.value, language), language=language, kind="date", iri="", value=cell.value
        )
    if cell.is_number:
        return Shown(words=cell.value, language="", kind="number", iri="", value=cell.value)
    if cell.datatype == XSD + "boolean":
        return Shown(
            words=truth(cell.value, language), language=language, kind="truth", iri="", value=cell.value
        )
    return Shown(words=cell.value, language=cell.language, kind="text", iri="", value=cell.value)


def named(iri: str, language: str, labels: Labels) -> Text:
    """What a thing is called: by its label, its prefixed name, or the part of its address that is read."""
    if labels.get(iri):
        return best(labels[iri], language, iri)
    if iri.startswith(BASE):
        return Text(slug(iri))
    if short := prefixed(iri):
        return Text(short, "en")
    return Text(iri.partition("://")[2].removeprefix("www.") or iri, "en")


def truth(value: str, language: str) -> str:
    """Yes or no."""
    translate = texts(language).gettext
    return translate("yes") if value in ("true", "1") else translate("no")


def _iri(cell: Cell | None) -> str:
    return cell.value if cell is not None and cell.kind == "uri" else ""

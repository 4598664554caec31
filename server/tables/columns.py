"""The columns that a reader sees: ?thing, ?thing_en and ?thing_ar are one column in the reader's language."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.tables.table import Cell, Table

LANGUAGES = ("en", "ar")


@dataclass(frozen=True)
class Shown:
    """What stands in a place: the text to read, and the term behind it."""

    text: str
    cell: Cell

    @property
    def link(self) -> str:
        """The address to go to, or nothing."""
        return self.cell.value if self.cell.is_link else ""


@dataclass(frozen=True)
class Column:
    """A column of the result: the places of its term and of its label in a row; None where there is none."""

    name: str
    heading: str
    term: int | None
    label: int | None

    def show(self, row: Sequence[Cell | None]) -> Shown | None:
        """What a row has in this column: the label where there is one, else the term itself."""
        term = None if self.term is None else row[self.term]
        label = None if self.label is None else row[self.label]
        if label is None:
            return None if term is None else Shown(term.value, term)
        return Shown(label.value, term or label)


def layout(table: Table, language: str, folded: bool = True, query: str = "") -> list[Column]:
    """The columns for a reader of a language; labels in the other language are left out.

    Where not `folded`, a term and its label have a column each. The name of the query chooses its headings.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    columns = []
    for name, place in places.items():
        stem, suffix = _split(name)
        if suffix and suffix != language and f"{stem}_{language}" in places:
            continue
        if suffix and stem in places and folded and suffix == language:
            continue
        label = places.get(f"{name}_{language}") if folded and not suffix else None
        text = column_title(stem if suffix in ("", language) else name, language, query)
        columns.append(Column(name, text, place, label))
    return columns


def _split(name: str) -> tuple[str, str]:
    """`thing_ar` is `thing` in `ar`."""
    stem, _, suffix = name.rpartition("_")
    return (stem, suffix) if stem and suffix in LANGUAGES else (name, "")


def column_title(name: str, language: str, query: str = "") -> str:
    """The words over a column, from its variable without `_en` or `_ar`."""
    known = _headings()[language]
    return known.get(f"{query}/{name}") or known.get(name) or name.replace("_", " ")


@cache
def _headings() -> dict[str, dict[str, str]]:
    content = Path(__file__).with_name("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)

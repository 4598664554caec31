"""Which columns of a result say one thing: ?thing, ?thing_en and ?thing_ar; and the words over a column."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from server.i18n.languages import best
from server.i18n.texts import LANGUAGES
from server.tables.table import Cell, Table


@dataclass(frozen=True)
class Places:
    """Where a thing stands in a row, if at all, and where its labels stand by language."""

    term: int | None
    labels: Mapping[str, int]


def stem(name: str) -> str:
    """`thing_ar` is a label of `thing`."""
    start, _, suffix = name.rpartition("_")
    return start if start and suffix in LANGUAGES else name


def folded(columns: Sequence[str]) -> dict[str, Places]:
    """The places by the name of the thing, in the order of their first columns."""
    places = {name: place for place, name in enumerate(columns)}
    labels = {
        name: {code: places[f"{name}_{code}"] for code in LANGUAGES if f"{name}_{code}" in places}
        for name in dict.fromkeys(map(stem, columns))
    }
    return {name: Places(places.get(name), found) for name, found in labels.items()}


def in_language(table: Table, language: str) -> Table:
    """The table with one column ?thing_label in place of ?thing_en and ?thing_ar.

    What has no label in the language has the other's. The new column stands where the first of the two
    stood. A column whose partner is missing, or whose new name is taken, stays as it is.
    """
    things = folded(table.columns)
    columns: dict[str, tuple[int, ...]] = {}
    for place, name in enumerate(table.columns):
        labels, label = things[stem(name)].labels, f"{stem(name)}_label"
        if place in labels.values() and len(labels) == len(LANGUAGES) and label not in table.columns:
            columns[label] = (labels[language], *labels.values())
        else:
            columns[name] = (place,)
    rows = (tuple(_first(row, choice) for choice in columns.values()) for row in table.rows)
    return Table(tuple(columns), tuple(rows))


def with_labels(table: Table, labels: Mapping[str, Mapping[str, str]], language: str) -> Table:
    """The table with a column ?thingLabel behind each ?thing in which IRIs stand.

    It is empty where one has no name. Where the result has a column of that name itself, it stays as it is.
    """
    named = [
        place
        for place, name in enumerate(table.columns)
        if f"{name}Label" not in table.columns and any(_is_iri(row[place]) for row in table.rows)
    ]
    columns = [(name, f"{name}Label") if n in named else (name,) for n, name in enumerate(table.columns)]
    rows = (
        tuple(
            chain.from_iterable(
                (c, _label(c, labels, language)) if n in named else (c,) for n, c in enumerate(row)
            )
        )
        for row in table.rows
    )
    return Table(tuple(chain.from_iterable(columns)), tuple(rows))


def _is_iri(cell: Cell | None) -> bool:
    return cell is not None and cell.kind == "uri"


def _label(cell: Cell | None, labels: Mapping[str, Mapping[str, str]], language: str) -> Cell | None:
    if cell is None or cell.kind != "uri" or not labels.get(cell.value):
        return None
    text = best(labels[cell.value], language)
    return Cell("literal", text.words, text.language)


def _first(row: tuple[Cell | None, ...], places: tuple[int, ...]) -> Cell | None:
    return next((row[place] for place in places if row[place] is not None), None)


def column_title(name: str, language: str, query: str = "") -> str:
    """The words over a column, from its variable without `_en` or `_ar`."""
    known = _headings()[language]
    return known.get(f"{query}/{name}") or known.get(name) or name.replace("_", " ")


@cache
def _headings() -> dict[str, dict[str, str]]:
    content = Path(__file__).with_name("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)

"""One language instead of two: ?thing_en and ?thing_ar become one column ?thing_label.

This happens only where `lang=ar` or `lang=en` is given, and then in every format. What has no label in that
language has the other's. The new column stands where the first of the two stood. A column whose partner is
missing, or whose new name is taken, stays as it is. Without `lang` a result has both.
"""

from server.http.parameters import Parameters, wrong
from server.tables.table import Cell, Table

LANGUAGES = ("ar", "en")


def wanted_language(parameters: Parameters) -> str:
    """`ar`, `en`, or nothing where none is given. Raises Refused."""
    language = parameters.one("lang") or ""
    if language and language not in LANGUAGES:
        raise wrong("lang", language, "ar or en")
    return language


def in_language(table: Table, language: str) -> Table:
    """The table with one label for each pair of them."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    places = {name: place for place, name in enumerate(table.columns)}
    columns: dict[str, tuple[int, ...]] = {}
    for name, place in places.items():
        stem, _, suffix = name.rpartition("_")
        pair = (places.get(f"{stem}_{language}"), places.get(f"{stem}_{other}"))
        if suffix in LANGUAGES and stem and None not in pair and f"{stem}_label" not in places:
            columns[f"{stem}_label"] = tuple(p for p in pair if p is not None)
        else:
            columns[name] = (place,)
    rows = (tuple(_first(row, choice) for choice in columns.values()) for row in table.rows)
    return Table(tuple(columns), tuple(rows))


def _first(row: tuple[Cell | None, ...], places: tuple[int, ...]) -> Cell | None:
    return next((row[place] for place in places if row[place] is not None), None)

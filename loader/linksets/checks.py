"""What is wrong in the cells of mapping tables, and between their rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from loader.linksets.table import MappingRow, MappingTable, rules
from loader.problems import Problem


def table_problems(table: MappingTable) -> Iterator[Problem]:
    """The mistakes of each row by itself."""
    for row in table.rows:
        for sentence in _mistakes(row, table):
            yield Problem(row.location, sentence)


def _mistakes(row: MappingRow, table: MappingTable) -> Iterator[str]:
    cells = row.cells
    for column in rules()["required"]:
        if not cells[column].strip():
            yield f"{column} is empty."
    for column in rules()["curies"]:
        prefix, colon, _ = cells[column].partition(":")
        if cells[column] and (not colon or prefix not in table.head["curie_map"]):
            yield f"{column} is {cells[column]!r}; curie_map in the head declares no such prefix."
    yield from _not_listed(cells["predicate_id"], "predicate_id", rules()["predicates"])
    yield from _not_listed(cells["mapping_justification"], "mapping_justification", rules()["justifications"])
    if cells["confidence"] and not _is_confidence(cells["confidence"]):
        yield f"confidence is {cells['confidence']!r}; it must be a number from 0 to 1."
    if cells["mapping_date"] and not _is_day(cells["mapping_date"]):
        yield f"mapping_date is {cells['mapping_date']!r}; it must be a day such as 2026-11-30."


def _not_listed(value: str, column: str, listed: list[str]) -> Iterator[str]:
    if value and value not in listed:
        yield f"{column} is {value!r}; it must be one of {', '.join(listed)}."


def _is_confidence(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def contradictions(tables: Iterable[MappingTable]) -> Iterator[Problem]:
    """Rows that cannot both be right: two exact matches in one scheme, one outside thing for two of ours."""
    by_scheme: dict[tuple[str, str], list[MappingRow]] = defaultdict(list)
    by_object: dict[str, list[MappingRow]] = defaultdict(list)
    by_triple: dict[tuple[str, str, str], list[MappingRow]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            subject, verb, object_ = (
                table.iri(row.cells[name]) for name in ("subject_id", "predicate_id", "object_id")
            )
            by_triple[subject, verb, object_].append(row)
            if row.cells["predicate_id"] in rules()["exact"]:
                by_scheme[subject, table.iri(row.cells["object_source"])].append(row)
                by_object[object_].append(row)
    yield from _twice(by_triple.values(), "This row stands already at {}.")
    yield from _twice(by_scheme.values(), "{subject} has an exact match in {source} already at {}.")
    yield from _twice(by_object.values(), "{object} is matched exactly already at {}: it cannot be both.")


def _twice(groups: Iterable[list[MappingRow]], sentence: str) -> Iterator[Problem]:
    for first, *others in groups:
        for other in others:
            names = {name: other.cells[f"{name}_id"] for name in ("subject", "object")}
            told = sentence.format(first.location, source=other.cells["object_source"], **names)
            yield Problem(other.location, told)


def label_problems(tables: Iterable[MappingTable], labels: dict[str, str]) -> Iterator[Problem]:
    """Rows about what is not in the graph, or is called otherwise there; `labels` are the English ones."""
    for table in tables:
        for row in table.rows:
            curie, label = row.cells["subject_id"], row.cells["subject_label"]
            known = labels.get(table.iri(curie))
            if known is None:
                yield Problem(row.location, f"There is no {curie} in the graph.")
            elif known != label:
                yield Problem(row.location, f"subject_label is {label!r}; {curie} is called {known!r}.")

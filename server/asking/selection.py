"""What an address says of the rows that it wants: words, filters of columns, and the order."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.labels import labels_of_all
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters, wrong
from server.refusal import Refused
from server.tables.ordering import Selection, columns_of, selected
from server.tables.reading import Line, Reading, nameless, read
from server.tables.table import Table

NAMES = ("sort", "q", "filter")


def wanted_selection(parameters: Parameters) -> Selection:
    """What `q`, `filter` and `sort` ask for. Raises Refused."""
    filters = []
    for value in parameters.all("filter"):
        column, colon, words = value.partition(":")
        if not colon:
            raise wrong("filter", value, Remark("a column and words that stand in it, such as envoy_en:Deng"))
        filters.append((column.strip(), words.strip()))
    return Selection(parameters.one("q") or "", tuple(filters), parameters.one("sort") or "")


def read_with_names(table: Table, language: str, query: str, release: Snapshot) -> Reading:
    """The table for a reader, things that it does not name itself with the names that the release has."""
    return read(table, language, query, labels_of_all(nameless(table), release))


def select(table: Table, reading: Reading, selection: Selection, language: str) -> list[Line]:
    """The lines that fit, in their order. Raises Refused where a column is named that is not there."""
    known = columns_of(table, reading)
    for parameter, column in selection.columns:
        if column not in known:
            raise _unknown(parameter, column, known, _said(reading, language))
    return selected(table, reading, selection, language)


def _said(reading: Reading, language: str) -> str:
    """The columns by their heads, each with its name where that is another."""
    said = [c.title if c.title == c.name else f"{c.title} ({c.name})" for c in reading.columns]
    return ("، " if language == "ar" else ", ").join(said)


def _unknown(parameter: str, column: str, known: Sequence[str], said: str) -> Refused:
    """The problem of a column that the result does not have, with the nearest that it has, if any is near."""
    near = process.extractOne(column[:60], known, scorer=fuzz.ratio, score_cutoff=60)
    members = {"parameter": parameter, "value": column[:60], "nearest": [near[0]] if near else []}
    told = {"parameter": parameter, "column": Quoted(column[:60])}
    if near:
        message = (
            "%(parameter)s names the column %(column)s, which is not in this result; did you mean %(near)s?"
        )
        return Refused("parameter", Remark(message, {**told, "near": near[0]}), members=members)
    message = "%(parameter)s names the column %(column)s, which is not in this result; it has %(known)s."
    return Refused("parameter", Remark(message, {**told, "known": said}), members=members)

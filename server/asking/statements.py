"""The statements of the graph, each for one thing, with the words of the source and their place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.asking.placeholders import fill
from server.tables.quotation import Quotation, Sentence
from server.tables.table import Cell, Table

QUERY = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A quotation and the thing that it supports, if any; `about` is the event it is about, if another.

    `values` are what it supports of the thing in particular, `mission` is that of the event.
    """

    thing: str
    about: str
    mission: str
    values: set[str]
    quotation: Quotation


def statements_query(things: Iterable[str] = (), named: Iterable[str] = ()) -> str:
    """The one query for everything that supports these things, and for statements by name."""
    return fill(QUERY, thing=things, statement=named)


def read_statements(answer: Table) -> list[Statement]:
    """One for each thing, event and statement, in the order of the source; one for several values is one."""
    found: dict[tuple[str, str, str], Statement] = {}
    cells = [*answer.dictionaries()]
    rows = [{name: cell.value for name, cell in row.items()} for row in cells]
    sources = {row["source"]: row for row in rows if "source" in row and "statement" not in row}
    sentences = _sentences(rows, _passages(cells))
    for said in sorted((row for row in rows if "statement" in row), key=_place):
        thing, about, statement = said.get("thing", ""), said.get("about", ""), said["statement"]
        if (thing, about, statement) not in found:
            quotation = _quotation(said, sources.get(said["source"], {}), sentences.get(statement, ()))
            found[thing, about, statement] = Statement(
                thing=thing, about=about, mission=said.get("mission", ""), values=set(), quotation=quotation
            )
        found[thing, about, statement].values.update({said["value"]} if "value" in said else ())
    return list(found.values())


def read_labels(answer: Table) -> dict[str, dict[str, str]]:
    """What the things of named statements are called, by language."""
    labels: dict[str, dict[str, str]] = {}
    for row in answer.dictionaries():
        if "label" in row:
            labels.setdefault(row["thing"].value, {})[row["label"].language] = row["label"].value
    return labels


def position(text: str) -> int | None:
    """A place in a text; whoever writes to the graph may have put anything there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _place(said: Mapping[str, str]) -> tuple[object, ...]:
    """Sorted here: the engine would compare the terms of every row anew."""
    start, end = (position(said.get(name, "")) for name in ("start", "end"))
    names = (said.get(name, "") for name in ("statement", "thing", "about", "mission"))
    return said["source"], -1 if start is None else start, -1 if end is None else end, *names


def _sentences(
    rows: Iterable[Mapping[str, str]], passages: Mapping[str, tuple[int, Sentence]]
) -> dict[str, list[Sentence]]:
    """The sentences in which each statement stands, in the order of the text."""
    found: dict[str, dict[int, Sentence]] = {}
    for row in rows:
        if "statement" in row and row.get("passage") in passages:
            start, sentence = passages[row["passage"]]
            found.setdefault(row["statement"], {})[start] = sentence
    return {statement: [one for _, one in sorted(of.items())] for statement, of in found.items()}


def _passages(rows: Iterable[Mapping[str, Cell]]) -> dict[str, tuple[int, Sentence]]:
    """The sentence of each passage, and where it begins."""
    found: dict[str, tuple[int, Sentence]] = {}
    for row in rows:
        if "sentence" in row:
            start, words = position(row["sentence_start"].value) or 0, row["sentence"].value
            _, sentence = found.setdefault(row["passage"].value, (start, Sentence(words, {})))
            if "translation" in row:
                sentence.translations[row["translation"].language] = row["translation"].value
    return found


def _quotation(
    said: Mapping[str, str], source: Mapping[str, str], sentences: Sequence[Sentence]
) -> Quotation:
    start, end = position(said.get("start", "")), position(said.get("end", ""))
    return Quotation(
        text=said.get("quotation", ""),
        heading=said.get("heading", ""),
        source=said["source"],
        source_en=source.get("source_en", ""),
        source_ar=source.get("source_ar", ""),
        note_en=source.get("note_en", ""),
        note_ar=source.get("note_ar", ""),
        address=source.get("address", ""),
        start=None if end is None else start,
        end=None if start is None else end,
        statement=said["statement"],
        language=source.get("language", ""),
        sentences=tuple(sentences),
    )

"""The statements of the graph, each for one thing, with the words of the source and their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from server.asking.placeholders import fill
from server.tables.quotation import Quotation, Sentence
from server.tables.table import Table

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
    sentences = _sentences(answer)
    rows = ({name: cell.value for name, cell in row.items()} for row in answer.dictionaries())
    for said in sorted((row for row in rows if "statement" in row), key=_place):
        thing, about = said.get("thing", ""), said.get("about", "")
        key = (thing, about, said["statement"])
        if key not in found:
            mission, quotation = said.get("mission", ""), _quotation(said, sentences)
            found[key] = Statement(
                thing=thing, about=about, mission=mission, values=set(), quotation=quotation
            )
        found[key].values.update({said["value"]} if "value" in said else ())
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


def _sentences(answer: Table) -> dict[str, list[Sentence]]:
    """The sentences in which each statement stands, in the order of the text."""
    found: dict[str, dict[int, Sentence]] = {}
    for row in answer.dictionaries():
        if "sentence" in row:
            start, words = position(row["sentence_start"].value) or 0, row["sentence"].value
            sentence = found.setdefault(row["quoting"].value, {}).setdefault(start, Sentence(words, {}))
            if "translation" in row:
                sentence.translations[row["translation"].language] = row["translation"].value
    return {statement: [one for _, one in sorted(of.items())] for statement, of in found.items()}


def _quotation(said: Mapping[str, str], sentences: Mapping[str, list[Sentence]]) -> Quotation:
    start, end = position(said.get("start", "")), position(said.get("end", ""))
    return Quotation(
        text=said.get("quotation", ""),
        heading=said.get("heading", ""),
        source=said["source"],
        source_en=said.get("source_en", ""),
        source_ar=said.get("source_ar", ""),
        address=said.get("address", ""),
        start=None if end is None else start,
        end=None if start is None else end,
        statement=said["statement"],
        language=said.get("language", ""),
        sentences=tuple(sentences.get(said["statement"], ())),
    )

"""Spellings of names with what they stand for: what is matched is right, and nearly all that can be is."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.reconcile.asking import Query, post, query
from tests.server.servers import Server

GOLD = Path(__file__).with_name("gold.tsv")
NOTHING, AMBIGUOUS = "-", "?"
BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """A row of the list; `expected` is an id, `-` where nothing may match, `?` where somebody must decide."""

    query: Query
    expected: str
    candidates: frozenset[str]

    @classmethod
    def of(cls, row: dict[str, str]) -> "Spelling":
        properties = dict(one.split("=", 1) for one in row["properties"].split(";") if one)
        return cls(
            query=query(row["query"], row["type"], **properties),
            expected=row["expected"],
            candidates=frozenset(row["candidates"].split()),
        )


@dataclass(frozen=True)
class Found:
    """What came of a spelling."""

    spelling: Spelling
    candidates: list[dict[str, Any]]

    @property
    def match(self) -> str:
        return next((one["id"] for one in self.candidates if one["match"]), NOTHING)


def spellings() -> list[Spelling]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(map(Spelling.of, csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))


@pytest.fixture(scope="module")
def found(server: Server) -> list[Found]:
    rows, all_ = spellings(), []
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        answer = post(server, {str(n): row.query for n, row in enumerate(part)}).json()
        all_ += [Found(row, answer[str(n)]["result"]) for n, row in enumerate(part)]
    return all_


def test_the_list_is_long_enough_to_mean_something() -> None:
    rows = spellings()

    assert len(rows) >= 150
    assert sum(row.expected == NOTHING for row in rows) >= 40


def test_what_is_matched_is_right_and_nearly_all_is(
    found: list[Found], capsys: pytest.CaptureFixture[str]
) -> None:
    matched = [one for one in found if one.match != NOTHING]
    right = [one for one in matched if one.match == one.spelling.expected]
    known = [one for one in found if one.spelling.expected not in (NOTHING, AMBIGUOUS)]
    precision, recall = len(right) / len(matched), len(right) / len(known)
    with capsys.disabled():
        print(f"\nreconciliation: {len(found)} spellings, precision {precision:.3f}, recall {recall:.3f}")

    assert precision >= 0.98, [(one.spelling.query, one.match) for one in matched if one not in right]
    assert recall >= 0.93, [one.spelling.query for one in known if one not in right]


def test_nothing_is_matched_that_must_not_be(found: list[Found]) -> None:
    unwanted = (NOTHING, AMBIGUOUS)

    assert not [
        (one.spelling.query, one.match)
        for one in found
        if one.spelling.expected in unwanted and one.match != NOTHING
    ]


def test_all_who_may_be_meant_are_offered(found: list[Found]) -> None:
    lacking = {
        str(one.spelling.query): one.spelling.candidates - {candidate["id"] for candidate in one.candidates}
        for one in found
        if one.spelling.expected == AMBIGUOUS
    }

    assert lacking
    assert not {asked: ids for asked, ids in lacking.items() if ids}

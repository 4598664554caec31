"""A report: text in two languages with results of saved queries in it, from a file of `queries/reports/`."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from loader.query.header import FaultyQueryFile
from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery

LANGUAGES = ("en", "ar")
# A line of this alone begins the Arabic text.
ARABIC = "<!-- ar -->"
_HEAD = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_INSERT = re.compile(r"^```query\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)
_KEYS = ("title", "title_ar", "summary", "summary_ar")


@dataclass(frozen=True)
class Insert:
    """The place of a result: the query, its values, and the columns that are shown, all where none is."""

    query: str
    values: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...]


Part = str | Insert


@dataclass(frozen=True)
class ReportText:
    """A report as it was written: what it is called and tells, and its parts, Markdown and results, each by
    language."""

    name: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    parts: Mapping[str, Sequence[Part]]


def read_report(path: Path, queries: Mapping[str, SavedQuery]) -> ReportText:
    """A report from its file.

    Raises FaultyQueryFile, also where it names a query or a value that there is not.
    """
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    facts = yaml.safe_load(head[1]) if head else None
    if not head or not isinstance(facts, dict) or sorted(facts) != sorted(_KEYS):
        raise FaultyQueryFile(1, f"A report begins with {', '.join(_KEYS)} between two lines of ---.")
    english, mark, arabic = text[head.end() :].partition(f"\n{ARABIC}\n")
    if not mark:
        raise FaultyQueryFile(
            1, f"A report is told in both languages; {ARABIC} stands before the Arabic text."
        )
    starts = {"en": head.end(), "ar": text.index(ARABIC)}
    bodies = {"en": english, "ar": arabic}
    parts = {
        language: _parts(bodies[language], text.count("\n", 0, starts[language]) + 1, queries)
        for language in LANGUAGES
    }
    _refuse_other_results(parts)
    return ReportText(
        name=path.stem,
        titles={"en": str(facts["title"]), "ar": str(facts["title_ar"])},
        summaries={"en": str(facts["summary"]), "ar": str(facts["summary_ar"])},
        parts=parts,
    )


def _parts(text: str, line: int, queries: Mapping[str, SavedQuery]) -> list[Part]:
    """The text and the results in it, in their order."""
    parts: list[Part] = []
    end = 0
    for found in _INSERT.finditer(text):
        at = line + text.count("\n", 0, found.start()) + 1
        parts += [text[end : found.start()], _insert(found[1], at, queries)]
        end = found.end()
    return [part for part in (*parts, text[end:]) if isinstance(part, Insert) or part.strip()]


def _insert(text: str, line: int, queries: Mapping[str, SavedQuery]) -> Insert:
    """`name parameter=value …` on the first line, and on a second one, if need be, `columns: one two`."""
    first, _, second = text.strip().partition("\n")
    name, *given = shlex.split(first)
    if name not in queries:
        raise FaultyQueryFile(line, f"There is no saved query {name!r}.")
    values: dict[str, tuple[str, ...]] = {}
    for parameter, _, value in (one.partition("=") for one in given):
        values[parameter] = (*values.get(parameter, ()), value)
    try:
        queries[name].bind(values)
    except WrongParameter as error:
        raise FaultyQueryFile(line, str(error)) from None
    if second and not second.startswith("columns:"):
        raise FaultyQueryFile(line + 1, f"{second[:60]!r} is no line of a result; `columns:` is.")
    return Insert(name, values, tuple(second.removeprefix("columns:").split()))


def _refuse_other_results(parts: Mapping[str, Sequence[Part]]) -> None:
    """Both languages show the same results, in the same order."""
    results = [[part for part in parts[language] if isinstance(part, Insert)] for language in LANGUAGES]
    if results[0] != results[1]:
        raise FaultyQueryFile(1, "The English and the Arabic text do not show the same results.")

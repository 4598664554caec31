"""The translation of a source for who does not read its language, and who made it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.query.saved_query_file import read_saved_query
from server.asking.labels import known_table
from server.asking.statements import position
from server.engine.snapshot import Snapshot
from server.i18n.languages import Text, best
from server.sources.record import Record

SENTENCES = read_saved_query(Path(__file__).with_name("translation.rq"))
# Before the mark with which a sentence goes on where a dead link cut it.
_GAP = re.compile(r"\s+(?=[,،;؛])")
VERSIONS = read_saved_query(Path(__file__).with_name("versions.rq"))


@dataclass(frozen=True, kw_only=True)
class TranslatedText:
    """The sentences in another language by where each begins; who made them, and when they were checked."""

    language: str
    by: Text
    checked: str
    sentences: Mapping[int, str]

    def between(self, start: int, end: int) -> str:
        """What a part of the text says."""
        found = (words for place, words in self.sentences.items() if start <= place < end)
        return _GAP.sub("", " ".join(found))


def translation_of(record: Record, release: Snapshot, language: str) -> TranslatedText | None:
    """The translation into the reader's language, else into any; None for who reads the text itself."""
    if language == record.value("language"):
        return None
    by_language: dict[str, dict[int, str]] = {}
    for row in known_table(release, SENTENCES.bind({"source": record.iri})).dictionaries():
        place = position(row["start"].value) or 0
        by_language.setdefault(row["translation"].language, {})[place] = row["translation"].value
    tag = language if language in by_language else next(iter(by_language), "")
    return _described(record, release, language, tag, by_language[tag]) if tag else None


def _described(
    record: Record, release: Snapshot, language: str, tag: str, sentences: Mapping[int, str]
) -> TranslatedText:
    rows = known_table(release, VERSIONS.bind({"source": record.iri})).dictionaries()
    own = [row for row in rows if row["language"].value == tag]
    labels = {row["label"].language: row["label"].value for row in own if "label" in row}
    checked = next((row["checked"].value for row in own if "checked" in row), "")
    by = best(labels, language) if labels else Text("")
    return TranslatedText(language=tag, by=by, checked=checked, sentences=sentences)

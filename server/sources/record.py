"""What a release records of a source: its names, where it comes from, and its text where it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import BASE
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.i18n.languages import Text, best
from server.sources.notes import shown
from server.tables.reading import Shown

QUERY = read_saved_query(Path(__file__).with_name("source.rq"))
SOURCE = f"{BASE}source/"
Languages = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A source: `values` has what is said of it by a short name, `labels` the names by language."""

    iri: str
    values: Mapping[str, tuple[str, ...]]
    labels: Languages
    rights_by_language: Languages
    notes: Languages
    publisher_labels: Mapping[str, Languages]
    content: bytes | None

    @property
    def slug(self) -> str:
        return self.iri.removeprefix(SOURCE)

    def value(self, name: str) -> str:
        """The first of the values of this name, or an empty string."""
        return next(iter(self.values.get(name, ())), "")

    def name(self, language: str) -> Text:
        """What it is called, by the rule for all labels."""
        return best(self.labels, language, self.iri)

    def rights(self, language: str) -> Text:
        """What is recorded on the right to use the text; maybe nothing."""
        return best(self.rights_by_language, language)

    def note(self, language: str) -> Text:
        """How it was read, or what was taken of it; maybe nothing."""
        return best(self.notes, language)

    def publishers(self, language: str) -> list[Shown]:
        """Who publishes it, to be linked to."""
        return [shown(iri, self.publisher_labels, language) for iri in self.publisher_labels]

    @cached_property
    def text(self) -> str | None:
        """The text as code points; None where none is kept."""
        return None if self.content is None else self.content.decode()


def find_record(release: Snapshot, iri: str) -> Record | None:
    """A source of a release, or None where it has none of this IRI. Raises Refused."""
    rows = list(known_table(release, QUERY.bind({"source": iri})).dictionaries())
    if not rows:
        return None
    values: dict[str, tuple[str, ...]] = {}
    texts: dict[str, dict[str, str]] = {"label": {}, "rights": {}, "note": {}}
    publishers: dict[str, dict[str, str]] = {}
    for row in rows:
        name, value = row["name"].value, row["value"]
        values[name] = tuple(dict.fromkeys((*values.get(name, ()), value.value)))
        texts.setdefault(name, {})[value.language] = value.value
        if name == "publisher":
            labels = publishers.setdefault(value.value, {})
            labels |= {row["label"].language: row["label"].value} if "label" in row else {}
    first = {name: found[0] for name, found in values.items()}
    content = release.source_text(first.get("file", ""), first.get("sha256", ""))
    return Record(
        iri=iri,
        values=values,
        labels=texts["label"],
        rights_by_language=texts["rights"],
        notes=texts["note"],
        publisher_labels=publishers,
        content=content,
    )

"""A source as its page shows it: the text with its marks, the notes to it, and how much of it is quoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import BASE
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text
from server.page import links
from server.sources.markup import Writer
from server.sources.notes import Note, SupportedFact, all_labels, facts_of, notes_of
from server.sources.record import Record
from server.sources.segments import Paragraph, TextPart, marks_of, misplaced, parts_of, quoted_length
from server.sources.statements import FoundStatements, find_statements
from server.sources.translation import TranslatedText, translation_of

MOST_SOURCES = 8
SECTIONS = read_saved_query(Path(__file__).with_name("sections.rq"))


@dataclass(frozen=True)
class AnnotatedBlock:
    """A heading or paragraph as HTML, and what it says in the reader's language where that is another."""

    html: Markup
    translation: str


@dataclass(frozen=True, kw_only=True)
class AnnotatedSection:
    """A part of the text, with the notes to its words; outside sections it has no slug and title."""

    slug: str
    title: Text
    heading: AnnotatedBlock | None
    blocks: tuple[AnnotatedBlock, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class AnnotatedSource:
    """A source for its page; without a text there are only `loose` facts, that rest on the whole of it."""

    record: Record
    found: FoundStatements
    sections: tuple[AnnotatedSection, ...]
    loose: tuple[SupportedFact, ...]
    wrong: tuple[SupportedFact, ...]
    marks: int
    quoted: int
    translation: TranslatedText | None = None

    @property
    def notes(self) -> list[Note]:
        """All notes in the order of their numbers."""
        return [note for section in self.sections for note in section.notes]

    @property
    def share(self) -> int:
        """How many of a hundred characters are quoted."""
        return round(100 * self.quoted / max(1, len(self.record.text or "")))


def read_source(record: Record, release: Snapshot, language: str) -> AnnotatedSource:
    """Everything that the page of a source shows, with the links of the request. Raises Refused."""
    key, memory = (record.iri, language, *links.carried()), state().memory
    return memory.get(release.id, "source", key, lambda: _read(record, release, language), MOST_SOURCES)


def _read(record: Record, release: Snapshot, language: str) -> AnnotatedSource:
    found = find_statements(release, record.iri)
    labels = all_labels(found.statements, release)
    text = record.text
    if text is None:
        loose = tuple(facts_of(found.statements, labels, language))
        return AnnotatedSource(
            record=record, found=found, sections=(), loose=loose, wrong=(), marks=0, quoted=0
        )
    quoting = [one for one in found.statements if one.exact]
    wrong = misplaced(text, quoting)
    marks = marks_of(one for one in quoting if one not in wrong)
    parts = parts_of(text, section_spans(record, release), marks)
    translation = translation_of(record, release, language)
    sections = _shown(parts, notes_of(marks, labels, language), record, translation)
    loose = tuple(facts_of((one for one in found.statements if not one.exact), labels, language))
    faulty = tuple(facts_of(wrong, labels, language))
    return AnnotatedSource(
        record=record,
        found=found,
        sections=sections,
        loose=loose,
        wrong=faulty,
        marks=len(marks),
        quoted=quoted_length(marks),
        translation=translation,
    )


def annotated_block(
    paragraph: Paragraph, writer: Writer, translation: TranslatedText | None
) -> AnnotatedBlock:
    """A paragraph as HTML, with its translation."""
    return AnnotatedBlock(
        writer.block(paragraph), translation.between(*paragraph.span) if translation else ""
    )


def section_spans(record: Record, release: Snapshot) -> list[tuple[str, int, int]]:
    """Where each section begins and ends, in the order of the text. Raises Refused."""
    rows = known_table(release, SECTIONS.bind({"source": record.iri})).dictionaries()
    found = ((row["section"].value, row["start"].value, row["end"].value) for row in rows)
    return sorted(
        ((iri, int(start), int(end)) for iri, start, end in found if start.isdigit() and end.isdigit()),
        key=lambda section: section[1:],
    )


def _shown(
    parts: Sequence[TextPart],
    notes: Sequence[Note],
    record: Record,
    translation: TranslatedText | None,
) -> tuple[AnnotatedSection, ...]:
    """The parts as HTML, written in their order, each with the notes whose words end in it."""
    writer = Writer()

    def block(paragraph: Paragraph) -> AnnotatedBlock:
        return annotated_block(paragraph, writer, translation)

    return tuple(
        AnnotatedSection(
            slug=part.iri.removeprefix(f"{BASE}section/"),
            title=_title(part.heading, record, translation) if part.heading else Text(""),
            heading=block(part.heading) if part.heading else None,
            blocks=tuple(map(block, part.blocks)),
            notes=tuple(note for note in notes if part.start < note.mark.end <= part.end),
        )
        for part in parts
    )


def _title(heading: Paragraph, record: Record, translation: TranslatedText | None) -> Text:
    """What a heading says, to lead to its section: as a reader understands it."""
    if translation:
        return Text(translation.between(*heading.span), translation.language)
    return Text(" ".join(heading.text.split()), record.value("language"))

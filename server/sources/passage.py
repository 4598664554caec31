"""The sections of a source in which quotations stand, as a page beside shows them: marked, and translated."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.engine.snapshot import Snapshot
from server.i18n.languages import Text
from server.sources.annotated import AnnotatedBlock, annotated_block, section_spans
from server.sources.markup import Writer
from server.sources.record import SOURCE, Record, find_record
from server.sources.segments import Mark, TextPart, parts_of
from server.sources.statements import SourceStatement
from server.sources.translation import TranslatedText, translation_of
from server.tables.quotation import Quotation

NOTES = "said"


@dataclass(frozen=True, kw_only=True)
class SourcePassage:
    """What a source says at some places: its sections, in blocks; `page` is where the whole is read."""

    name: Text
    page: str
    language: str
    translated_into: str
    sections: tuple[tuple[AnnotatedBlock, ...], ...]


def passage(
    source: str, quoted: Mapping[int, Quotation], release: Snapshot, language: str
) -> SourcePassage | None:
    """The sections with these quotations of a source, or None where its text is not kept. Raises Refused."""
    record = find_record(release, source) if source.startswith(SOURCE) else None
    if record is None or record.text is None:
        return None
    parts = _parts(record, record.text, quoted, release)
    translation = translation_of(record, release, language)
    return SourcePassage(
        name=record.name(language),
        page=f"/sources/{record.slug}",
        language=record.value("language"),
        translated_into=translation.language if translation else "",
        sections=tuple(_written(parts, translation)),
    )


def _parts(record: Record, text: str, quoted: Mapping[int, Quotation], release: Snapshot) -> list[TextPart]:
    marks = [mark for number, one in quoted.items() if (mark := _mark(number, one, text))]
    parts = parts_of(text, section_spans(record, release), marks)
    return [part for part in parts if part.iri and any(part.start <= mark.start < part.end for mark in marks)]


def _mark(number: int, one: Quotation, text: str) -> Mark | None:
    """The place of a quotation; None where the words stand elsewhere than they say, which others report."""
    start, end = one.start, one.end
    if start is None or end is None or text[start:end] != one.text:
        return None
    statement = SourceStatement(iri=one.statement, thing="", start=start, end=end, exact=one.text)
    return Mark(number, start, end, (statement,))


def _written(parts: list[TextPart], translation: TranslatedText | None) -> list[tuple[AnnotatedBlock, ...]]:
    writer = Writer(NOTES)
    return [
        tuple(annotated_block(one, writer, translation) for one in (part.heading, *part.blocks) if one)
        for part in parts
    ]

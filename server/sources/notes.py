"""The notes to a text as a reader sees them: what each quotation supports, in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from server.asking.labels import labels_of
from server.engine.snapshot import Snapshot
from server.i18n.languages import best, direction
from server.i18n.texts import texts
from server.page.html import cell, visible, words
from server.sources.segments import Mark
from server.sources.statements import SourceStatement
from server.tables.reading import Labels, Shown, named

_KIND = Markup('<span class="kind">%s</span> ')
_VALUE = Markup('<span class="value">%s%s</span>')
_READING = Markup('<span class="reading"><strong>%s</strong> <span lang="%s" dir="%s">%s</span></span>')
_CERTAINTY = Markup(' <strong class="certainty">%s</strong>')


@dataclass(frozen=True)
class SupportedFact:
    """What one statement supports, as HTML: a thing of a kind, or in particular values of its properties."""

    statement: SourceStatement
    html: Markup


@dataclass(frozen=True)
class Note:
    """A mark, its facts, and the marks that share words with it."""

    mark: Mark
    facts: tuple[SupportedFact, ...]
    neighbours: tuple[Mark, ...]

    @property
    def anchor(self) -> str:
        """Where its words begin in the text."""
        return self.mark.statements[0].slug

    @property
    def slugs(self) -> str:
        """The names of all its statements."""
        return " ".join(one.slug for one in self.mark.statements)


def all_labels(statements: Iterable[SourceStatement], release: Snapshot) -> Labels:
    """The labels of everything that the statements name. Raises Refused."""
    terms = sorted({term for one in statements for term in one.terms()})
    return labels_of(terms, release, len(terms))


def facts_of(statements: Iterable[SourceStatement], labels: Labels, language: str) -> Iterator[SupportedFact]:
    """One fact for each statement."""
    for one in statements:
        kind = _KIND % _word(one.kind, labels, language) if one.kind else ""
        certainty = _CERTAINTY % _word(one.certainty, labels, language) if one.is_inferred else ""
        values = (
            _VALUE % (_word(name, labels, language) + ": " if name else "", cell(shown(v, labels, language)))
            for v, name in one.values.items()
        )
        thing = cell(shown(one.thing, labels, language))
        reading = _reading(one.readings, language) if one.readings else ""
        yield SupportedFact(one, Markup("").join((kind, thing, certainty, *values, reading)))


def _reading(readings: Mapping[str, str], language: str) -> Markup:
    """How a title or a group was read, where the label says it in other words than the source."""
    note = best(readings, language)
    title = texts(language).gettext("How we read this:")
    return _READING % (title, note.language, direction(note.language), visible(note.words))


def notes_of(marks: Sequence[Mark], labels: Labels, language: str) -> list[Note]:
    """A note for each mark."""
    near = _neighbours(marks)
    return [
        Note(one, tuple(facts_of(one.statements, labels, language)), tuple(near[one.number])) for one in marks
    ]


def shown(iri: str, labels: Labels, language: str) -> Shown:
    """A thing by its label, to be linked to."""
    text = named(iri, language, labels)
    return Shown(words=text.words, language=text.language, kind="thing", iri=iri, value=iri)


def _word(iri: str, labels: Labels, language: str) -> Markup:
    text = named(iri, language, labels)
    return words(text.words, text.language)


def _neighbours(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    """The marks that overlap each, by number."""
    found: dict[int, list[Mark]] = defaultdict(list)
    ordered = sorted(marks, key=lambda one: one.start)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.start >= one.end:
                break
            found[one.number].append(other)
            found[other.number].append(one)
    return {number: sorted(near, key=lambda one: one.number) for number, near in found.items()} | {
        one.number: [] for one in marks if one.number not in found
    }

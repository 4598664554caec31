"""Describes the sentences of the sources, each with the project's translations from the files beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.inputs import Inputs
from loader.passages import Passage
from loader.problems import BuildRefused, Location, Problem, read_text
from loader.sources import Section, Source, Sources
from loader.terms import DCTERMS, OA, RDF, THING, UNM, LocatedTriple, Term, Triple, kind_and_slug


@dataclass(frozen=True)
class Translation:
    """A source in another language, one line for each of its sentences."""

    language: str
    lines: tuple[str, ...]
    location: Location


def add_passages(draft: Draft, sources: Sources, inputs: Inputs) -> None:
    """Adds a Passage for each sentence of each source text to the graph `evidence`.

    Raises BuildRefused where a translation has not one line for each sentence, or belongs to no source.
    """
    reader = _TranslationReader(draft, inputs)
    for source in sources.texts.values():
        translations = reader.translations(source)
        sections = [section for section in sources.sections.values() if section.source == source.iri]
        for passage in source.passages:
            triples = _passage(source, passage, sections, translations)
            draft.add("evidence", [LocatedTriple(triple, draft.place_of(source.iri)) for triple in triples])
    reader.refuse_unnamed({source.file for source in sources.texts.values()})
    if reader.problems:
        raise BuildRefused(reader.problems)


def passages_within(source: Source, start: int, end: int) -> list[ox.NamedNode]:
    """The sentences in which the characters of a place stand."""
    within = (one for one in source.passages if one.start < end and start < one.end)
    return [passage_iri(source, passage) for passage in within]


def passage_iri(source: Source, passage: Passage) -> ox.NamedNode:
    """A source text never changes, so the number of a sentence is its name for ever."""
    return THING[f"passage/{kind_and_slug(source.iri)[1]}-{passage.number}"]


def _passage(
    source: Source, passage: Passage, sections: list[Section], translations: list[Translation]
) -> Iterator[Triple]:
    iri = passage_iri(source, passage)
    words = source.text[passage.start : passage.end]
    section = next((s.iri for s in sections if s.start <= passage.start < s.end), source.iri)
    yield (iri, RDF.type, UNM.Passage)
    yield (iri, RDF.value, ox.Literal(words, language=source.language))
    yield (iri, OA.hasSource, source.iri)
    yield (iri, DCTERMS.isPartOf, section)
    yield (iri, OA.start, ox.Literal(passage.start))
    yield (iri, OA.end, ox.Literal(passage.end))
    for one in translations:
        yield (iri, UNM.translation, ox.Literal(one.lines[passage.number - 1], language=one.language))


class _TranslationReader:
    def __init__(self, draft: Draft, inputs: Inputs) -> None:
        self.draft = draft
        self.inputs = inputs
        self.problems: list[Problem] = []
        self.named: set[str] = set()

    def translations(self, source: Source) -> list[Translation]:
        """The translations that are described beside a source (`dcterms:hasVersion`) and are whole."""
        versions = self._objects(source.iri, DCTERMS.hasVersion)
        found = (self._read(source, version, location) for version, location in versions)
        return [one for one in found if one and not self._misaligned(source, one)]

    def refuse_unnamed(self, texts: set[str]) -> None:
        """A text that nothing describes would be left out without a word."""
        for path in sorted(self.inputs.source_texts.glob("*.txt")):
            if path.name not in texts | self.named:
                sentence = (
                    "No source names this file: write unm:file in the Turtle of a source, or for a "
                    "translation dcterms:hasVersion; `unmissions new source` writes both."
                )
                self.problems.append(Problem(Location(self.inputs.name(path), 1), sentence))

    def _read(self, source: Source, version: Term, location: Location) -> Translation | None:
        languages = self._objects(version, DCTERMS.language)
        language, location = next(((one.value, place) for one, place in languages), ("", location))
        path = self.inputs.source_texts / f"{Path(source.file).stem}.{language}.txt"
        self.named.add(path.name)
        if not path.is_file():
            self.problems.append(
                Problem(location, f"There is no translation {path.name!r} beside this file.")
            )
            return None
        name = self.inputs.name(path)
        lines = read_text(path, name).rstrip("\n").split("\n")
        return Translation(language, tuple(line.strip() for line in lines), Location(name, 1))

    def _objects(self, subject: Term, predicate: ox.NamedNode) -> list[tuple[Term, Location]]:
        evidence = self.draft.graphs["evidence"].items()
        return [(o, place) for (s, p, o), place in evidence if s == subject and p == predicate]

    def _misaligned(self, source: Source, translation: Translation) -> bool:
        """Whether a line is missing, empty or too many, which is told at the first such line."""
        pairs = enumerate(zip_longest(source.passages, translation.lines, fillvalue=None), 1)
        for number, (passage, line) in pairs:
            if passage is None or not line:
                words = source.text[passage.start : passage.end] if passage else ""
                place = Location(translation.location.file, number)
                self.problems.append(Problem(place, _amiss(source, translation, words)))
                return True
        return False


def _amiss(source: Source, translation: Translation, words: str) -> str:
    counted = f"The text has {len(source.passages)} sentences and this file {len(translation.lines)} lines"
    if words:
        return f"{counted}: write here the translation of «{words}», each sentence on a line of its own."
    return f"{counted}: this line is one too many; each sentence of the text has one line."

"""The source texts with their sections, sentences and translations; positions are Unicode code points."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from loader.inputs import Inputs
from loader.passages import Passage, passages_of
from loader.problems import BuildRefused, Location, Problem, read_text
from loader.release.digest import file_sha256
from loader.terms import DCTERMS, RDF, UNM, LocatedTriple


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading's part of a source text, from its heading, included, to the next heading.

    `start` and `end` count code points of the whole file; `end` is the first one behind the section.
    """

    iri: ox.NamedNode
    source: ox.NamedNode
    heading: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text that is kept here, its file beside its description, and its language as BCP 47 writes it."""

    iri: ox.NamedNode
    file: str
    language: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Sources:
    """The sections and the texts by IRI, and all Sources, also those that have no text here."""

    sections: dict[ox.NamedNode, Section]
    texts: dict[ox.NamedNode, Source]
    all_sources: set[ox.NamedNode]


def read_sources(inputs: Inputs, evidence: list[LocatedTriple]) -> Sources:
    """Reads the text of every Source that names a file and cuts it at the headings of its Sections.

    Raises BuildRefused where a file, its SHA-256 or a heading is not as the Turtle says.
    """
    reader = _Reader(inputs, evidence)
    texts = reader.texts()
    sections = {section.iri: section for source in texts.values() for section in reader.cut(source)}
    if reader.problems:
        raise BuildRefused(reader.problems)
    return Sources(sections, texts, reader.of_type(UNM.Source))


class _Reader:
    def __init__(self, inputs: Inputs, evidence: list[LocatedTriple]) -> None:
        self.inputs = inputs
        self.evidence = evidence
        self.problems: list[Problem] = []

    def of_type(self, type_: ox.NamedNode) -> set[ox.NamedNode]:
        return {
            s
            for (s, p, o), _ in self.evidence
            if p == RDF.type and o == type_ and isinstance(s, ox.NamedNode)
        }

    def values(self, predicate: ox.NamedNode) -> dict[ox.NamedNode, tuple[str, Location]]:
        """The value of a property by its subject, with the place where it stands."""
        return {
            s: (o.value, location)
            for (s, p, o), location in self.evidence
            if p == predicate and isinstance(s, ox.NamedNode)
        }

    def texts(self) -> dict[ox.NamedNode, Source]:
        digests = self.values(UNM.sha256)
        texts = {}
        for source, (file, location) in self.values(UNM.file).items():
            path = self.inputs.source_texts / file
            if not path.is_file():
                self.problems.append(Problem(location, f"There is no source text {file!r} beside this file."))
                continue
            expected, stands_at = digests.get(source, ("", location))
            if file_sha256(path) != expected:
                self.problems.append(Problem(stands_at, _changed_text(file, file_sha256(path), expected)))
            try:
                text = read_text(path, self.inputs.name(path))
                language = self.language(source, location)
                texts[source] = Source(
                    iri=source, file=file, language=language, text=text, passages=tuple(passages_of(text))
                )
            except BuildRefused as refusal:
                self.problems += refusal.problems
        return texts

    def language(self, source: ox.NamedNode, location: Location) -> str:
        """The language of a text; it tags every sentence, and pages take its direction from it."""
        language, stands_at = self.values(DCTERMS.language).get(source, ("", location))
        if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
            return language
        sentence = f'{language!r} is no tag of a language: write dcterms:language "ar", "en" or another.'
        self.problems.append(Problem(stands_at, sentence))
        return "und"

    def cut(self, source: Source) -> list[Section]:
        """The sections of one text, in its order."""
        starts: dict[ox.NamedNode, tuple[int, str]] = {}
        parts = self.values(DCTERMS.isPartOf)
        for section, (heading, location) in self.values(UNM.heading).items():
            if parts.get(section, ("", location))[0] != source.iri.value:
                continue
            start = _line_start(source.text, heading)
            if start is None:
                sentence = f"The heading «{heading}» is no line of the source text, or more than one."
                self.problems.append(Problem(location, sentence))
            else:
                starts[section] = (start, heading)
        return _between(source, starts)


def _between(source: Source, starts: dict[ox.NamedNode, tuple[int, str]]) -> list[Section]:
    ordered = sorted(starts.items(), key=lambda item: item[1])
    ends = [start for _, (start, _) in ordered[1:]] + [len(source.text)]
    return [
        Section(iri=iri, source=source.iri, heading=heading, text=source.text[start:end], start=start)
        for (iri, (start, heading)), end in zip(ordered, ends, strict=True)
    ]


def _line_start(text: str, line: str) -> int | None:
    """Where the only line that reads so begins."""
    # So that the first and the last line stand between line breaks like any other.
    padded = f"\n{text}\n"
    if padded.count(f"\n{line}\n") != 1:
        return None
    return padded.index(f"\n{line}\n")


def _changed_text(file: str, actual: str, expected: str) -> str:
    if not expected:
        return f"The source text {file} needs its unm:sha256: it is {actual}."
    return f"The source text {file} was changed: its SHA-256 is {actual}, not {expected}."

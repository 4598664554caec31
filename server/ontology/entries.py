"""A term as its reader sees it: every text in the reader's language, every other term with a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE, OWL, RDF, RDFS
from server.i18n.languages import Text, best
from server.i18n.spelling import sorting
from server.i18n.texts import LANGUAGES
from server.ontology.questions import example_query
from server.ontology.texts import BROADER, CLOSE, DEFINITIONS, EXAMPLES, NOTES, SAME, texts_of
from server.ontology.uses import Count
from server.ontology.vocabulary import Vocabulary
from server.page.links import thing_link
from server.prefixes import anchor, prefixed
from server.tables.reading import Shown, named
from server.tables.table import Cell


@dataclass(frozen=True)
class Reference:
    """Another term: what it is called and where it stands, both maybe empty, and its short name."""

    label: Text
    name: str
    address: str


@dataclass(frozen=True)
class TermEntry:
    """One term of a vocabulary for readers of one language; `kind` is class, property, scheme or concept."""

    vocabulary: Vocabulary
    iri: str
    kind: str
    language: str

    @cached_property
    def label(self) -> Text:
        return best(self.vocabulary.terms.graph.labels(self.iri), self.language, self.iri)

    @property
    def name(self) -> str:
        return prefixed(self.iri)

    @property
    def anchor(self) -> str:
        return anchor(self.iri)

    @property
    def address(self) -> str:
        """The page of the term itself: ours for a concept, another host's for a term of others."""
        return thing_link(self.iri)

    @property
    def count(self) -> Count:
        return self.vocabulary.uses.count(self.iri)

    @property
    def is_datatype(self) -> bool:
        """Whether it is a class of values, of which none is counted."""
        return RDFS + "Datatype" in self.vocabulary.terms.graph.nodes(self.iri, RDF + "type")

    def definitions(self) -> list[Text]:
        return self._texts(DEFINITIONS)

    def notes(self) -> list[Text]:
        return self._texts(NOTES)

    def told_examples(self) -> list[Text]:
        """The examples that the ontology itself gives."""
        return self._texts(EXAMPLES)

    def broader(self) -> list[Reference]:
        return self._leads_to(BROADER)

    def narrower(self) -> list[Reference]:
        graph = self.vocabulary.terms.graph
        return self._references(iri for name in BROADER for iri in graph.subjects(name, self.iri))

    def domain(self) -> list[Reference]:
        return self._leads_to([RDFS + "domain"])

    def range(self) -> list[Reference]:
        return self._leads_to([RDFS + "range"])

    def inverse(self) -> list[Reference]:
        """Whichever of the two says so."""
        graph, name = self.vocabulary.terms.graph, OWL + "inverseOf"
        return self._references({*graph.nodes(self.iri, name), *graph.subjects(name, self.iri)})

    def same(self) -> list[Reference]:
        return self._leads_to(SAME)

    def close(self) -> list[Reference]:
        return self._leads_to(CLOSE)

    def used_from(self) -> list[Reference]:
        return self._references(self.vocabulary.uses.ends.get((self.iri, "from"), ()))

    def used_to(self) -> list[Reference]:
        return self._references(self.vocabulary.uses.ends.get((self.iri, "to"), ()))

    def used_by(self) -> list[Reference]:
        """The properties that lead to the concepts of this scheme."""
        return self._references(self.vocabulary.uses.ends.get((self.iri, "property"), ()))

    def properties(self) -> list[Reference]:
        """The properties of ours that things of this class have in the data."""
        ends = self.vocabulary.uses.ends
        ours = self.vocabulary.terms.properties
        return self._references(name for name in ours if self.iri in ends.get((name, "from"), ()))

    def shapes(self) -> list[tuple[str, list[Text]]]:
        """What its things must be like as a whole: where that stands on the page, and its sentences."""
        shapes = self.vocabulary.terms.target_shapes(self.iri)
        return [(anchor(shape), self._texts_of(shape, DEFINITIONS)) for shape in shapes]

    def demands(self) -> list[tuple[str, list[Text]]]:
        """What must hold of its things or its values: where that stands on the page, and its sentence."""
        terms = self.vocabulary.terms
        shapes = terms.shapes if self.kind == "class" else terms.demands
        found = ((anchor(iri), self._texts_of(iri, DEFINITIONS)) for iri in shapes.get(self.iri, ()))
        return [(place, sentences) for place, sentences in found if sentences]

    def concepts(self) -> "list[TermEntry]":
        """The concepts of this scheme, most used first."""
        iris = self.vocabulary.terms.schemes.get(self.iri, ())
        entries = [TermEntry(self.vocabulary, iri, "concept", self.language) for iri in iris]
        return sorted(entries, key=lambda entry: (-entry.count.number, sorting(entry.label.words)))

    def example(self) -> list[Shown]:
        """A thing of the class; or what the property comes from and leads to, in the reader's language."""
        found = self.vocabulary.uses.examples.get(self.iri, ())
        if not found:
            return []
        languages = [pair[1].language if pair[1] else "" for pair in found]
        pair = next(
            (found[languages.index(code)] for code in (self.language, "", *LANGUAGES) if code in languages),
            found[0],
        )
        return [self._shown(cell) for cell in pair if cell is not None]

    def query(self) -> str:
        """A question for the editor; empty where the data have nothing to show for it."""
        if self.kind == "scheme":
            return example_query("concepts", self.iri, self.language)
        if not self.vocabulary.uses.examples.get(self.iri):
            return ""
        if self.kind == "class":
            return example_query("things", self.iri, self.language)
        object_ = self.vocabulary.uses.examples[self.iri][0][1]
        is_link = object_ is not None and object_.kind == "uri"
        return example_query("links" if is_link else "values", self.iri, self.language)

    def questions(self) -> list[SavedQuery]:
        """The saved queries that use it."""
        return self.vocabulary.questions.get(self.iri, [])

    def _leads_to(self, names: Iterable[str]) -> list[Reference]:
        graph = self.vocabulary.terms.graph
        nodes = (iri for name in names for iri in graph.nodes(self.iri, name))
        return self._references(iri for iri in nodes if not iri.startswith("_:"))

    def _references(self, iris: Iterable[str]) -> list[Reference]:
        """Each once, in the order of what they are called."""
        found = [self._reference(iri) for iri in dict.fromkeys(iris)]
        return sorted(found, key=lambda reference: (sorting(reference.label.words), reference.name))

    def _reference(self, iri: str) -> Reference:
        terms = self.vocabulary.terms
        labels = terms.graph.labels(iri)
        label = best(labels, self.language, iri) if labels else Text("")
        address = f"#{anchor(iri)}" if iri in terms.listed else thing_link(iri)
        return Reference(label, prefixed(iri) or iri.removeprefix(BASE), address)

    def _texts(self, names: Iterable[str]) -> list[Text]:
        return self._texts_of(self.iri, names)

    def _texts_of(self, iri: str, names: Iterable[str]) -> list[Text]:
        return texts_of(self.vocabulary.terms.graph, iri, names, self.language)

    def _shown(self, cell: Cell) -> Shown:
        if cell.kind != "uri":
            return Shown(words=cell.value, language=cell.language, kind="text")
        text = named(cell.value, self.language, self.vocabulary.uses.labels)
        return Shown(words=text.words, language=text.language, kind="thing", iri=cell.value, value=cell.value)

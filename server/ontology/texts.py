"""Which properties of the ontology hold words for people, and which of several words a reader gets."""

from collections.abc import Iterable, Iterator

from loader.release.namespaces import DCTERMS, OWL, RDFS, SKOS, VANN
from server.i18n.languages import Text
from server.i18n.texts import LANGUAGES
from server.ontology.graph import OntologyGraph
from server.tables.table import Cell

DEFINITIONS = (SKOS + "definition", RDFS + "comment", DCTERMS + "description")
NOTES = (SKOS + "scopeNote", SKOS + "note", VANN + "usageNote", SKOS + "editorialNote")
EXAMPLES = (SKOS + "example", VANN + "example")
BROADER = (RDFS + "subClassOf", RDFS + "subPropertyOf")
SAME = (OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "sameAs", SKOS + "exactMatch")
CLOSE = (SKOS + "closeMatch", SKOS + "relatedMatch", SKOS + "broadMatch", SKOS + "narrowMatch")


def texts_of(graph: OntologyGraph, iri: str, names: Iterable[str], language: str) -> list[Text]:
    """The texts of some properties in the reader's language, of each in another where it has none in that."""
    return [text for name in names for text in _in_language(graph.cells(iri, name), language)]


def _in_language(cells: Iterable[Cell], language: str) -> Iterator[Text]:
    """All texts of the best language that there is; links are no texts."""
    found = [Text(cell.value, cell.language) for cell in cells if cell.kind == "literal"]
    languages = {text.language for text in found}
    chosen = next((code for code in (language, *LANGUAGES, *sorted(languages)) if code in languages), "")
    yield from sorted(text for text in found if text.language == chosen)

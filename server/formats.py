"""The one table of formats: what each is called, what it holds, and how it is sent."""

from dataclasses import KW_ONLY, dataclass
from typing import Literal

Kind = Literal["result", "graph", "dataset", "file"]


@dataclass(frozen=True)
class Format:
    """A serialization: its short name (in `format=` and suffixes), its media type, and other names for that.

    `kind` is what it holds: rows, one graph, graphs with their names, or what only a file has; `w3c_name` is
    its name in http://www.w3.org/ns/formats/. What `is_text` says its charset, as all of `text/` does. What
    `is_packed` is not compressed again; `packed_type` is the media type of what was packed.
    """

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    _: KW_ONLY
    kind: Kind = "file"
    w3c_name: str = ""
    is_text: bool = False
    is_packed: bool = False
    packed_type: str = ""

    @property
    def content_type(self) -> str:
        """The media type as sent, with the charset of a text."""
        is_text = self.is_text or self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type

    @property
    def data_type(self) -> str:
        """The media type of the data, packed or not."""
        return self.packed_type or self.media_type


def _result(name: str, media_type: str, aliases: tuple[str, ...], is_text: bool = False) -> Format:
    w3c_name = f"SPARQL_Results_{name.upper()}"
    return Format(name, media_type, aliases, kind="result", w3c_name=w3c_name, is_text=is_text)


def _graph(
    name: str, media_type: str, w3c_name: str, aliases: tuple[str, ...], is_text: bool = False
) -> Format:
    return Format(name, media_type, aliases, kind="graph", w3c_name=w3c_name, is_text=is_text)


JSON = _result("json", "application/sparql-results+json", ("application/json", "text/json", "srj"), True)
XML = _result("xml", "application/sparql-results+xml", ("application/xml", "text/xml", "srx"), True)
CSV = _result("csv", "text/csv", ("application/csv",))
TSV = _result("tsv", "text/tab-separated-values", ("text/tsv",))

# What asks for Notation3 gets Turtle, which is a part of it.
_N3 = ("n3", "text/n3", "text/rdf+n3", "application/n3")
TURTLE = _graph(
    "ttl", "text/turtle", "Turtle", ("application/turtle", "application/x-turtle", "turtle", *_N3)
)
N_TRIPLES = _graph("nt", "application/n-triples", "N-Triples", ("text/plain", "ntriples", "n-triples"))
JSON_LD = _graph("jsonld", "application/ld+json", "JSON-LD", ("application/json", "json", "json-ld"))
_XML = ("application/xml", "text/xml", "xml", "rdf+xml", "rdf/xml", "rdfxml")
RDF_XML = _graph("rdf", "application/rdf+xml", "RDF_XML", _XML, True)
TRIG = Format("trig", "application/trig", ("application/x-trig",), kind="dataset", w3c_name="TriG")
N_QUADS = Format(
    "nq", "application/n-quads", ("nquads", "n-quads", "text/x-nquads"), kind="dataset", w3c_name="N-Quads"
)

PACKED_N_QUADS = Format(
    "nq.gz", "application/gzip", kind="dataset", is_packed=True, packed_type=N_QUADS.media_type
)
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_packed=True)
HTML = Format("html", "text/html")
PDF = Format("pdf", "application/pdf", is_packed=True)
DOCUMENT = Format("json", "application/json", ("text/json",))
PROBLEM = Format("json", "application/problem+json")
QUERY = Format("rq", "application/sparql-query", is_text=True)
ATOM = Format("atom", "application/atom+xml", is_text=True)
SVG = Format("svg", "image/svg+xml", is_text=True)
PLAIN = Format("txt", "text/plain")
YAML = Format("yaml", "application/yaml", ("text/yaml", "application/x-yaml"))
SITEMAP = Format("xml", "application/xml", is_text=True)

RESULTS = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
# Those in which one graph is read and written by itself.
ONE_GRAPH = tuple(format_ for format_ in GRAPHS if format_.kind == "graph")
# Those that hold graphs with their names.
DATASETS = (TRIG, N_QUADS)
FILES = (PACKED_N_QUADS, XLSX, HTML, PDF, DOCUMENT, PROBLEM, QUERY, ATOM, SVG, PLAIN, YAML, SITEMAP)
DUMPS = (PACKED_N_QUADS, TURTLE, JSON_LD)
PACKED_TYPES = frozenset(one.media_type for one in (*RESULTS, *GRAPHS, *FILES) if one.is_packed)


def names_of(name: str) -> set[str]:
    """The media types of the formats that have this name, which may be several: `json` is rows and graphs."""
    formats = (*RESULTS, *GRAPHS, *FILES)
    return {one.media_type for one in formats if name in (one.name, one.media_type, *one.aliases)}

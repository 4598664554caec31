"""Reads results in the four formats of SPARQL 1.1, without the engine's own readers."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree import ElementTree

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from .rows import Cell, Row

XML = "application/sparql-results+xml"
JSON = "application/sparql-results+json"
CSV = "text/csv"
TSV = "text/tab-separated-values"

NAMESPACE = "{http://www.w3.org/2005/sparql-results#}"
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Table:
    """Solutions: the variables, sorted, and a row for each; `ordered` where order counts."""

    variables: tuple[str, ...]
    rows: list[Row]
    ordered: bool = False


Answer: TypeAlias = Table | bool


def table(variables: list[str], solutions: list[dict[str, Cell]], ordered: bool = False) -> Table:
    """The solutions as rows, their columns in the order of the variables' names."""
    names = tuple(sorted(variables))
    return Table(names, [tuple(row.get(name) for name in names) for row in solutions], ordered)


def read_xml(content: bytes) -> Answer:
    """Reads SPARQL Query Results XML."""
    root = ElementTree.fromstring(content)
    if (boolean := root.find(f"{NAMESPACE}boolean")) is not None:
        return (boolean.text or "").strip() == "true"
    head = root.iterfind(f"{NAMESPACE}head/{NAMESPACE}variable")
    results = root.iterfind(f"{NAMESPACE}results/{NAMESPACE}result")
    return table([each.attrib["name"] for each in head], [_xml_solution(each) for each in results])


def _xml_solution(result: ElementTree.Element) -> dict[str, Cell]:
    return {binding.attrib["name"]: _xml_term(binding[0]) for binding in result}


def _xml_term(element: ElementTree.Element) -> Cell:
    kind = element.tag.removeprefix(NAMESPACE)
    lang, datatype = element.get(XML_LANG), element.get("datatype")
    return _term(kind, element.text or "", lang, datatype)


def read_json(content: bytes) -> Answer:
    """Reads SPARQL Query Results JSON."""
    document = json.loads(content)
    if "boolean" in document:
        return bool(document["boolean"])
    bindings = document["results"]["bindings"]
    solutions = [{name: _json_term(term) for name, term in row.items()} for row in bindings]
    return table(document["head"]["vars"], solutions)


def _json_term(term: dict[str, str]) -> Cell:
    kind = term["type"].removeprefix("typed-")
    return _term(kind, term["value"], term.get("xml:lang"), term.get("datatype"))


def _term(kind: str, value: str, lang: str | None, datatype: str | None) -> Cell:
    if kind == "uri":
        return NamedNode(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind != "literal":
        raise ValueError(f"Not a kind of term in SPARQL 1.1 results: {kind}")
    if lang:
        return Literal(value, language=lang)
    return Literal(value, datatype=NamedNode(datatype)) if datatype else Literal(value)


def read_tsv(content: bytes) -> Answer:
    """Reads SPARQL Query Results TSV, whose cells are terms as in Turtle."""
    head, *lines = content.decode().removesuffix("\n").split("\n")
    names = [name.removeprefix("?") for name in head.split("\t")]
    return table(names, [dict(zip(names, map(_tsv_term, line.split("\t")), strict=True)) for line in lines])


def _tsv_term(cell: str) -> Cell:
    if not cell:
        return None
    quads: list[Quad] = list(parse(f"<x:s> <x:p> {cell} .", format=RdfFormat.TURTLE))
    return quads[0].object


def read_csv(content: bytes) -> Answer:
    """Reads SPARQL Query Results CSV, which keeps of a term no more than its text."""
    names, *lines = csv.reader(io.StringIO(content.decode(), newline=""))
    return table(names, [dict(zip(names, map(_csv_term, line), strict=True)) for line in lines])


def _csv_term(cell: str) -> Cell:
    """The text of a term; what looks like a number is one, of whatever type it was."""
    if NUMBER.fullmatch(cell):
        return Literal(cell, datatype=DECIMAL)
    return BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell)


READERS: dict[str, Callable[[bytes], Answer]] = {
    XML: read_xml,
    JSON: read_json,
    CSV: read_csv,
    TSV: read_tsv,
}

"""Reads the triples of an RDF file, each with the line on which it ends."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.datasets.content import Content
from loader.datasets.formats import JSON_LD, LINES, RDF_XML
from loader.datasets.remote_contexts import fill_contexts
from loader.datasets.xml_check import check_xml
from loader.problems import BuildRefused, Location, Problem

SHOWN = 20
PLACE = re.compile(r"^Parser error (at|between) [^:]*: ")
Located = tuple[int, ox.Quad]


def located(
    content: Content, format_: ox.RdfFormat, base: str, contexts: Mapping[str, Path]
) -> Iterator[Located]:
    """The quads of a file. Blank nodes are its own: no other file has them, whatever it calls its own.

    Raises BuildRefused with the first mistake, or with every line that holds one where a line is a statement.
    """
    if format_ == RDF_XML:
        check_xml(content)
    if format_ == JSON_LD:
        fill_contexts(content, contexts)
    # Typeshed's IO asks for more than a parser does.
    quads = ox.parse(cast("IO[bytes]", content), format_, base_iri=base, rename_blank_nodes=True)
    try:
        for quad in quads:
            yield content.line, quad
    except SyntaxError as error:
        if format_ in LINES:
            raise _bad_lines(content, format_) from error
        line = error.lineno or content.line
        raise BuildRefused([Problem(Location(str(content.path), max(1, line)), f"{error.msg}.")]) from error


def _bad_lines(content: Content, format_: ox.RdfFormat) -> BuildRefused:
    """Every line is read by itself; the first are shown, and all are counted."""
    content.rewind()
    problems, count = [], 0
    while line := content.read():
        while not line.endswith(b"\n") and (rest := content.read()):
            line += rest
        try:
            for _ in ox.parse(line, format_):
                pass
        except SyntaxError as error:
            count += 1
            if count <= SHOWN:
                sentence = f"{PLACE.sub('', error.msg)} (column {error.offset})."
                problems.append(Problem(Location(str(content.path), content.line), sentence))
    if count > SHOWN:
        more = f"So are {count - SHOWN} lines more: {count} lines are no {format_.name}."
        problems.append(Problem(Location(str(content.path), content.line), more))
    return BuildRefused(problems)

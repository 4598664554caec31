"""What is said of a thing in a format that names graphs: each triple in every graph that says it."""

from dataclasses import replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from loader.query.saved_query import read_saved_query
from server.engine.interface import Answer, Question
from server.formats import JSON, N_TRIPLES, Format
from server.http.state import state
from server.prefixes import PREFIXES

QUERY = read_saved_query(Path(__file__).with_suffix(".rq"))


def quads_answer(iri: str, asked: Question, format_: Format) -> Answer:
    """The answer to a question for the triples of a thing, as quads; what no graph has is in none."""
    engine = state().engine
    triples = engine.query(replace(asked, format=N_TRIPLES.media_type))
    rows = engine.query(replace(asked, text=QUERY.bind({"thing": iri}), format=JSON.media_type))

    def write(output: IO[bytes]) -> None:
        quads = _quads(rows.whole())
        named = {(quad.subject, quad.predicate, quad.object) for quad in quads}
        told = ox.parse(triples.whole(), format=ox.RdfFormat.N_TRIPLES)
        unnamed = [quad for quad in told if (quad.subject, quad.predicate, quad.object) not in named]
        rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
        ox.serialize([*unnamed, *quads], output, format=rdf_format, prefixes=PREFIXES)

    return Answer(triples.release, write)


def _quads(content: bytes) -> list[ox.Quad]:
    rows = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    return [ox.Quad(row["subject"], row["property"], row["value"], row["graph"]) for row in rows]

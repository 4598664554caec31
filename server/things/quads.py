"""What is said of a thing in a format that names graphs: each triple in every graph that says it."""

from pathlib import Path
from typing import IO

import pyoxigraph as ox

from loader.query.saved_query_file import read_saved_query
from server.asking.asker import Asker
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.engine.interface import Answer
from server.formats import JSON, N_TRIPLES, Format

QUERY = read_saved_query(Path(__file__).with_suffix(".rq"))


def quads_answer(iri: str, text: str, asker: Asker, format_: Format) -> Answer:
    """The answer to a query for the triples of a thing, as quads; what no graph has is in none."""
    triples = asker.answer(text, N_TRIPLES.media_type)
    rows = asker.answer(QUERY.bind({"thing": iri}), JSON.media_type)

    def write(output: IO[bytes]) -> None:
        told = {quad.triple for quad in ox.parse(triples.whole(), format=ox.RdfFormat.N_TRIPLES)}
        quads = [quad for quad in _quads(rows.whole()) if quad.triple in told]
        unnamed = sorted((ox.Quad(*triple) for triple in told - {quad.triple for quad in quads}), key=str)
        output.write(ordered_bytes([*unnamed, *quads], format_.media_type))

    return Answer(triples.release, write)


def _quads(content: bytes) -> list[ox.Quad]:
    rows = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    return [ox.Quad(row["subject"], row["property"], row["value"], row["graph"]) for row in rows]

"""Data sets from elsewhere: every ending that is known is read, and what cannot be read changes nothing."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.namespaces import graph_iri
from loader.release.releases import Release, Releases
from tests.conftest import Command

A, B = (ox.NamedNode(f"http://example.org/{letter}") for letter in "ab")
FACT = ox.Triple(A, B, ox.Literal("أبوجا", language="ar"))
GRAPH = ox.NamedNode(graph_iri("dataset/x"))
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "TTL": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "txt": ox.RdfFormat.N_TRIPLES,
    "n3": ox.RdfFormat.N3,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "json": ox.RdfFormat.JSON_LD,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
DOCTYPE = '<?xml version="1.0"?><!doctype r [<!ENTITY e "x">]><r/>'


def current(store: Path) -> Release:
    release = Releases(store).current()
    assert release
    return release


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "with a byte order mark"])
def test_a_file_is_read_as_its_ending_says(
    unmissions: Command, tmp_path: Path, ending: str, mark: bytes
) -> None:
    file = tmp_path / f"facts.{ending}"
    content = ox.serialize([FACT], format=FORMATS[ending])
    assert content
    file.write_bytes(mark + content)

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert loaded.exit_code == 0, loaded.stderr
    assert "data set x has 1 triples" in loaded.stdout
    plain = ox.Store.read_only(str(current(tmp_path / "store").plain))
    assert [quad.triple for quad in plain.quads_for_pattern(None, None, None, GRAPH)] == [FACT]


@pytest.mark.parametrize(
    ("name", "content", "line", "sentence"),
    [
        ("facts.csv", "a,b", 1, "'.csv' names no RDF format; .ttl, .nt, .rdf, .jsonld, .trig and .nq do."),
        ("facts.rdf", DOCTYPE, 1, "RDF/XML with a DOCTYPE is not read."),
        ("facts.ttl", "\n\n<a> <b> .", 3, ""),
        ("facts.nq", "\nno quad", 2, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line_and_nothing_changes(
    unmissions: Command, tmp_path: Path, name: str, content: str, line: int, sentence: str
) -> None:
    good, bad, store = tmp_path / "good.nt", tmp_path / name, tmp_path / "store"
    good.write_text(f"{FACT} .\n", encoding="utf-8")
    bad.write_text(content, encoding="utf-8")
    unmissions("load", "--store", store, "--dataset", "x", good)

    refused = unmissions("load", "--store", store, "--dataset", "x", good, bad)

    assert refused.exit_code == 1
    assert f"{bad}:{line}: {sentence}" in refused.stderr
    assert refused.stderr.endswith("Nothing was loaded.\n")
    assert [release.number for release in Releases(store).all()] == [1]

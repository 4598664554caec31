"""Identifiers of others come in many forms, and are loaded in the one that our own data use."""

from pathlib import Path

import pytest

from tests.conftest import Command, Rows
from tests.loader.test_data_sets import facts, written

FORMS = {
    "https://www.geonames.org/2660646": [
        "http://sws.geonames.org/2660646/",
        "https://sws.geonames.org/2660646",
        "http://www.geonames.org/2660646/",
    ],
    "http://www.wikidata.org/entity/Q142": [
        "https://www.wikidata.org/wiki/Q142",
        "https://www.wikidata.org/entity/Q142",
    ],
    "http://metadata.un.org/thesaurus/1000194": [
        "http://metadata.un.org/thesaurus#1000194",
        "https://metadata.un.org/thesaurus/1000194",
    ],
    "https://ror.org/006kxhp52": ["http://ror.org/006kxhp52", "https://ror.org/006kxhp52/"],
    "https://isni.org/isni/0000000404523255": ["http://www.isni.org/isni/0000000404523255"],
    # These are other things, and stay as they are.
    "https://sws.geonames.org/2660646/about.rdf": [],
    "http://www.wikidata.org/prop/direct/P31": [],
}


@pytest.mark.parametrize("options", [[], ["--keep-iris"]])
def test_each_form_becomes_ours_unless_the_original_is_wanted(
    unmissions: Command, tmp_path: Path, options: list[str]
) -> None:
    iris = [iri for ours, others in FORMS.items() for iri in (ours, *others)]
    file = written(tmp_path / "f.ttl", "\n".join(f"<{iri}> <urn:is> <{iri}> ." for iri in iris))

    unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, *options)

    loaded = {str(part)[1:-1] for triple in facts(tmp_path / "s") for part in (triple.subject, triple.object)}
    assert loaded == set(iris if options else FORMS)


def test_our_own_links_are_in_the_form_of_the_table(rows: Rows, unmissions: Command, tmp_path: Path) -> None:
    links = "VALUES ?link { skos:exactMatch skos:closeMatch skos:broadMatch owl:sameAs } ?thing ?link ?other"
    iris = {row[0] for row in rows(f"SELECT ?other {{ {links} FILTER(isIRI(?other)) }}")}
    file = written(tmp_path / "f.ttl", "\n".join(f"<{iri}> <urn:is> 1 ." for iri in iris))

    unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file)

    assert {str(triple.subject)[1:-1] for triple in facts(tmp_path / "s")} == iris

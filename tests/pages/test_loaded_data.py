"""A loaded data set has pages, hits and completion of its own under its name, and changes none of ours."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from loader.release.namespaces import BASE
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.conftest import Command

DATASET = f"{BASE}dataset/bodies"
BODIES = f"""
@prefix ex: <https://example.org/bodies#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix unm: <{BASE}ontology#> .
<office/abuja> a ex:Office ; rdfs:label "Abuja"@en, "مكتب أبوجا"@ar ; ex:staff 12 ;
    ex:at <{BASE}place/abuja> .
<#hall> a ex:Office ; rdfs:label "Hall of Abuja"@en .
<http://www.wikidata.org/entity/Q3787> rdfs:label "Abuja of Wikidata"@en .
<{BASE}place/abuja> rdfs:label "Abujaville"@en ; ex:staff 99 .
ex:Office rdfs:label "Office"@en . unm:Mission rdfs:label "Zebra"@en . foaf:Person rdfs:label "Zebra"@en .
<x1> a foaf:Person, unm:Topic . <x2> a foaf:Person . <x3> a foaf:Person .
"""
TITLE = '<> <http://purl.org/dc/terms/title> "Bodies of the world"@en, "هيئات العالم"@ar .'


@pytest.fixture(scope="module")
def clients(
    store: Path, unmissions: Command, tmp_path_factory: pytest.TempPathFactory
) -> tuple[FlaskClient, FlaskClient]:
    """One of the shipped data, one of these beside a data set."""
    folder = tmp_path_factory.mktemp("bodies")
    beside = Path(shutil.copytree(store, folder / "store", symlinks=True))
    (folder / "bodies.ttl").write_text(BODIES, encoding="utf-8")
    (folder / "about.ttl").write_text(TITLE, encoding="utf-8")
    loaded = unmissions(
        *("load", folder / "bodies.ttl", "--dataset", "bodies"),
        *("--describe", folder / "about.ttl", "--store", beside),
    )
    assert loaded.exit_code == 0, loaded.stderr
    alone, together = (
        create_app(LocalEngine(path), Settings(store=path), is_writable=False).test_client()
        for path in (store, beside)
    )
    return alone, together


@pytest.fixture(scope="module")
def client(clients: tuple[FlaskClient, FlaskClient]) -> FlaskClient:
    return clients[1]


def seen(client: FlaskClient, address: str, language: str = "en") -> LexborHTMLParser:
    answer = client.get(address, headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 200, address
    return LexborHTMLParser(answer.text)


def found(client: FlaskClient, words: str, **more: str) -> TestResponse:
    return client.get("/search.json", query_string={"q": words, **more})


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/dataset/bodies/office/abuja", "Abuja"),
        (f"/resource?iri={DATASET}/%23hall", "Hall of Abuja"),
        ("/resource?iri=http://www.wikidata.org/entity/Q3787", "Abuja of Wikidata"),
    ],
)
def test_what_a_data_set_describes_has_a_page_that_names_the_data_set(
    client: FlaskClient, address: str, name: str
) -> None:
    page = seen(client, address)
    assert [node.text() for node in page.css("h1")] == [name]
    origin = page.css_first('article a[href="/dataset/bodies"]')
    assert origin is not None and origin.text() == "Bodies of the world"
    arabic = seen(client, address, "ar").css_first('article a[href^="/dataset/bodies"]')
    assert arabic is not None and arabic.text() == "هيئات العالم"


@pytest.mark.parametrize(("language", "name"), [("en", "Bodies of the world"), ("ar", "هيئات العالم")])
def test_what_it_says_of_our_things_stands_on_their_pages_under_its_name(
    clients: tuple[FlaskClient, FlaskClient], language: str, name: str
) -> None:
    without, beside = (seen(one, "/place/abuja", language) for one in clients)
    [others] = beside.css("section.others")

    assert not without.css("section.others")
    assert [link.text(strip=True) for link in others.css("h4 a")] == [name]
    assert {value.text(strip=True) for value in others.css("dd")} == {"Abujaville", "99"}
    others.decompose()
    assert "Abujaville" not in beside.text()


def test_of_what_only_others_speak_nothing_is_said_twice(client: FlaskClient) -> None:
    assert not seen(client, "/dataset/bodies/office/abuja").css("section.others")


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".jsonld", ".rdf", ".trig", ".nq"])
def test_its_things_are_data_at_their_own_address(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/dataset/bodies/office/abuja{suffix}")
    assert (answer.status_code, "12" in answer.text) == (200, True)


def test_hits_of_a_data_set_come_last_under_its_name_with_a_link(client: FlaskClient) -> None:
    hits = found(client, "abuja").get_json()["hits"]
    origins = [hit.get("dataset", {}).get("iri") for hit in hits]
    assert origins == [None] * (len(hits) - 2) + [DATASET] * 2  # what has a # in it is a part of a thing
    assert hits[-1]["dataset"]["labels"] == {"en": "Bodies of the world", "ar": "هيئات العالم"}
    page = seen(client, "/search?q=abuja")
    assert {node.text() for node in page.css('.hits a[href="/dataset/bodies"]')} == {"Bodies of the world"}
    chip = next(node for node in page.css(".tags a") if "Bodies of the world" in node.text())
    only = client.get(chip.attributes["href"] or "", headers={"Accept": "application/json"}).get_json()
    assert {hit["kind"] for hit in only["hits"]} == {"dataset/bodies"}


@pytest.mark.parametrize("words", ["abuja", "dieng", "أبوجا", "zebra", "abujavile", "Kigalli", "persn"])
def test_a_data_set_changes_neither_our_hits_nor_their_order(
    clients: tuple[FlaskClient, FlaskClient], words: str
) -> None:
    alone, together = (found(client, words).get_json() for client in clients)
    for kind in ("hits", "nearest"):
        ours = [hit for hit in together[kind] if "dataset" not in hit]
        assert ours == alone[kind][: len(ours)]
    assert len(together["hits"]) >= len(alone["hits"])


def completed(client: FlaskClient) -> list[dict[str, Any]]:
    """The words of the editor, the properties of a class by name."""
    terms = client.get("/sparql/words.json").get_json()["terms"]
    names = [term["iri"] for term in terms if term["kind"] == "property"]
    return [{**term, "properties": [names[place] for place in term.get("properties", ())]} for term in terms]


def test_the_editor_completes_its_terms_behind_ours_under_its_name(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    alone, together = (completed(client) for client in clients)
    for name in (f"{BASE}ontology#Mission", f"{BASE}ontology#Topic", "http://xmlns.com/foaf/0.1/Person"):
        before, after = ([term for term in terms if term["iri"] == name] for terms in (alone, together))
        assert before == after != []
    classes = ["dataset" in term for term in together if term["kind"] == "class"]
    assert classes == sorted(classes)
    others = {term["iri"]: term for term in together if "dataset" in term}
    assert others["https://example.org/bodies#Office"]["dataset"]["labels"]["en"] == "Bodies of the world"
    assert others["https://example.org/bodies#Office"]["labels"] == {"en": "Office"}
    asked = {"property": "https://example.org/bodies#at"}
    led = clients[1].get("/sparql/values.json", query_string=asked).get_json()
    assert [value["labels"]["en"] for value in led["values"]] == ["Abuja"]

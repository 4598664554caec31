"""Two more texts go in by the way of a curator: in French of missions that are told, in English of a new one.

The texts are for practice and lie beside the project only.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.releases import Releases
from tests.conftest import PREFIXES, Command, Row, Rows
from tests.practice import ARE_HERE, take_in
from tests.queries.page_reading import Page
from tests.server.servers import Server, Start

pytestmark = [
    pytest.mark.matrix,
    pytest.mark.skipif(not ARE_HERE, reason="the practice texts lie beside the project only"),
]


@pytest.fixture(scope="module")
def store(inputs: Path, unmissions: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with both texts in it."""
    folder = tmp_path_factory.mktemp("practice")
    project = shutil.copytree(inputs, folder / "project")
    take_in(project)
    built = unmissions("build", "--store", folder / "store", "--inputs", project)
    assert built.exit_code == 0, built.stderr
    return folder / "store"


@pytest.fixture(scope="module")
def told(store: Path) -> Rows:
    release = Releases(store).current()
    assert release
    view = ox.Store.read_only(str(release.view))

    def ask(query: str) -> list[Row]:
        solutions = view.query(PREFIXES + query)
        assert isinstance(solutions, ox.QuerySolutions)
        return [tuple(term.value.rpartition("/")[2] if term else "" for term in row) for row in solutions]

    return ask


@pytest.fixture(scope="module")
def practised(store: Path, start: Start) -> Iterator[Server]:
    with start(store=store, token="") as running:
        yield running


def test_adama_dieng_is_stated_in_all_three_texts(told: Rows) -> None:
    found = told(
        """SELECT DISTINCT ?source ?language { ?participation unm:participant <person/adama-dieng> ;
            unm:certainty certainty:stated ; unm:evidence/oa:hasTarget/oa:hasSource ?source .
            ?source dcterms:language ?language } ORDER BY ?source"""
    )

    assert found == [("en-ottawa-2014", "en"), ("fr-missions-2012", "fr"), ("key-missions-ar", "ar")]


def test_a_mission_told_in_two_languages_is_one_mission_with_quotations_in_both(told: Rows) -> None:
    assert told("SELECT (COUNT(*) AS ?n) { ?m a unm:Mission ; unm:place <place/abuja> }") == [("1",)]
    found = told(
        """SELECT ?language { ?p unm:participant
              <post/permanent-secretary-of-the-ministry-of-the-interior-of-nigeria> ;
            unm:evidence/oa:hasTarget/oa:hasSource/dcterms:language ?language } ORDER BY ?language"""
    )

    assert found == [("ar",), ("fr",)]


def test_what_is_only_spoken_of_in_ottawa_is_no_place_of_the_mission(told: Rows) -> None:
    visited = told("SELECT ?p { <mission/2014-ottawa> unm:hasMeeting?/unm:place ?p }")
    mentioned = told("SELECT ?p { <mission/2014-ottawa> unm:hasMeeting/unm:mentionsPlace ?p } ORDER BY ?p")
    groups = told("SELECT ?g { <mission/2014-ottawa> unm:interlocutor ?g . ?g a unm:Group }")

    assert visited == [("ottawa",)]
    assert mentioned == [("central-african-republic",), ("myanmar",), ("south-sudan",)]
    assert groups == [("2014-ottawa-all-party-group",)]
    assert told("SELECT ?c { <mission/2014-ottawa> unm:country ?c }") == [("canada",)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_quotation_is_set_in_its_own_language_and_direction(practised: Server, language: str) -> None:
    shown = {
        (node.attributes["lang"], node.attributes["dir"])
        for path in ("/mission/2012-abuja", "/mission/2014-ottawa")
        for node in Page(practised, path, language).all("blockquote")
    }

    assert shown == {("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")}


@pytest.mark.parametrize("slug", ["fr-missions-2012", "en-ottawa-2014"])
def test_the_texts_have_their_pages_and_lead_to_their_missions(practised: Server, slug: str) -> None:
    page = Page(practised, f"/sources/{slug}")

    assert page.status == 200 and page.all(".text .mark")
    assert page.one(".text").attributes["lang"] == slug[:2] and page.one(".text").attributes["dir"] == "ltr"


def test_the_front_page_and_what_machines_read_know_the_new_year_and_texts(practised: Server) -> None:
    home, text = Page(practised, "/"), practised.http.get("/llms.txt").text

    assert "2010 to 2014" in home.text(".lead") and "2010–2014" in text
    for slug in ("fr-missions-2012", "en-ottawa-2014", "key-missions-ar"):
        assert f"/sources/{slug}" in text and any(slug in link for link in home.links("main a"))

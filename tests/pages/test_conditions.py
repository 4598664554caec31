"""What a client has already is not sent again, and nobody has what there is not (RFC 9110, 13.1.2)."""

import shutil
from pathlib import Path

import httpx
import pytest

from loader.inputs import PROJECT
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.cases import some
from tests.queries.page_reading import BROWSER
from tests.server.servers import Server, Start

DATA = "*/*"
THERE = [
    ("/", BROWSER), ("/missions", BROWSER), ("/search?q=rome", BROWSER), ("/search?q=rome", DATA),
    ("/queries", BROWSER), ("/queries.ttl", DATA), ("/openapi.json", DATA),
    ("/queries/who-met-whom", BROWSER), ("/queries/who-met-whom", DATA), ("/queries/who-met-whom.rq", DATA),
    ("/queries/who-met-whom/run.csv", DATA), ("/queries/who-met-whom/run.html", DATA),
    ("/queries/who-met-whom/changes.atom", DATA),
    ("/mission/2012-abuja", BROWSER), ("/mission/2012-abuja.ttl", DATA), ("/role", BROWSER), ("/role", DATA),
    ("/sources", BROWSER), ("/sources/key-missions-ar", BROWSER), ("/sources/key-missions-ar.txt", DATA),
    ("/ontology", BROWSER), ("/ontology", DATA), ("/data/{release}/un-missions.nq.gz", DATA),
    ("/sparql?query=ASK%7B%7D", DATA), ("/sparql/words.json", DATA), ("/.well-known/void", DATA),
    ("/graphs?default", DATA), ("/robots.txt", DATA), ("/llms.txt", DATA), ("/sitemap.xml", DATA),
]  # fmt: skip
NOT_THERE = [
    ("/mission/nope", BROWSER), ("/mission/nope", DATA), ("/mission/nope.html", DATA), ("/nope", BROWSER),
    ("/resource?iri=urn:nope", BROWSER), ("/resource?iri=urn:nope", DATA), ("/graph/nope", BROWSER),
    ("/sources/nope", BROWSER), ("/sources/nope.txt", DATA), ("/ontology.nope", DATA),
    ("/queries/nope", BROWSER), ("/queries/nope", DATA), ("/queries/nope.rq", DATA),
    ("/queries/nope/run.csv", DATA), ("/queries/nope/changes.atom", DATA),
    ("/queries/things-by-name?nope=1", BROWSER), ("/queries/who-met-whom/run.csv?page=0", DATA),
    ("/missions?page=0", BROWSER), ("/missions?release=999", BROWSER),
    ("/search?q=rome&page=0", BROWSER), ("/search?q=rome&page=0", DATA),
    ("/data/nope/un-missions.nq.gz", DATA), ("/data/latest.nope", DATA), ("/static/0/nope.css", DATA),
    ("/graphs?graph=urn:nope", DATA), ("/s/nope", BROWSER), ("/s/nope", DATA), ("/sitemap-9.xml", DATA),
    ("/sparql?query=SELECT", DATA), ("/sparql?query=SELECT%20*%20%7B%20?s%20?p%20%7D", DATA),
]  # fmt: skip


def asked(server: Server, address: str, accept: str, encoding: str = "br", **headers: str) -> httpx.Response:
    here = address.format(release=server.http.get("/health").json()["release"])
    return server.http.get(here, headers={"Accept": accept, "Accept-Encoding": encoding, **headers})


@pytest.mark.parametrize("encoding", some(["br", "identity"]))
@pytest.mark.parametrize(("address", "accept"), THERE)
def test_who_has_what_is_there_is_not_sent_it_again(
    server: Server, address: str, accept: str, encoding: str
) -> None:
    first = asked(server, address, accept, encoding)
    assert first.status_code == 200
    for condition in (first.headers["ETag"], "*"):
        # Another language is kept apart from the first answer, so that this one is not from the cache.
        for language in ({}, {"Accept-Language": "en;q=0.9"}):
            again = asked(server, address, accept, encoding, **language, **{"If-None-Match": condition})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
            assert again.headers["UN-Missions-Release"] == first.headers["UN-Missions-Release"]


@pytest.mark.parametrize(("address", "accept"), NOT_THERE)
def test_nobody_has_what_is_not_there(server: Server, address: str, accept: str) -> None:
    plain = asked(server, address, accept)
    conditional = asked(server, address, accept, **{"If-None-Match": "*"})
    assert plain.status_code >= 400 and "ETag" not in plain.headers
    assert conditional.status_code == plain.status_code


def test_what_is_sent_as_it_comes_is_not_sent_to_who_has_any(server: Server) -> None:
    """A long answer has no length, so it is never kept; its tag and `*` are known all the same."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    first = server.ask(query)
    assert "Content-Length" not in first.headers
    for condition in (first.headers["ETag"], "*"):
        headers = {"Accept": "text/csv", "If-None-Match": condition}
        again = server.http.get("/sparql", params={"query": query}, headers=headers)
        assert (again.status_code, again.content) == (304, b"")


def test_a_query_that_is_posted_is_answered_whatever_its_sender_has(server: Server) -> None:
    """304 answers GET and HEAD alone."""
    first = server.http.post("/sparql", data={"query": "ASK {}"})
    for condition in (first.headers["ETag"], "*"):
        again = server.http.post("/sparql", data={"query": "ASK {}"}, headers={"If-None-Match": condition})
        assert (again.status_code, again.content) == (200, first.content)


def test_the_words_to_complete_are_not_counted_for_who_has_them(store: Path) -> None:
    engine = LocalEngine(store)
    client = create_app(engine, Settings(store=store)).test_client()
    for encoding in ("identity", "br", "gzip"):
        tag = client.get("/sparql/words.json", headers={"Accept-Encoding": encoding}).headers["ETag"]
        before = engine.outcomes()
        known = {"Accept-Encoding": encoding, "If-None-Match": tag}
        again = client.get("/sparql/words.json", headers=known)
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
        assert engine.outcomes() == before != {}


MADE_HERE = [
    ("/openapi.json", DATA), ("/queries/who-met-whom.rq", DATA), ("/queries/who-met-whom/changes.atom", DATA),
    ("/queries.ttl", DATA), ("/sparql/words.json", DATA), ("/.well-known/void", DATA), ("/missions", BROWSER),
    ("/queries/who-met-whom/run.xlsx", DATA), ("/search?q=rome", DATA), ("/ontology", DATA),
    ("/mission/2012-abuja", DATA), ("/mission/2012-abuja", BROWSER), ("/sources", BROWSER),
]  # fmt: skip


def test_another_version_of_the_program_has_other_tags(
    store: Path, start: Start, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it makes of the same release may be written otherwise; the text of a source stays what it is."""
    without = shutil.ignore_patterns("node_modules")
    for folder in ("loader", "server", "data"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=without)
    changed = tmp_path / "server" / "queries" / "openapi.py"
    changed.write_text(changed.read_text("utf-8") + "\n# The next version.\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with start("--base-url", server.url, store=store, token="") as newer:
        for address, accept in MADE_HERE:
            tags = {asked(one, address, accept).headers["ETag"] for one in (server, newer)}
            assert len(tags) == 2, address
        text = "/sources/key-missions-ar.txt"
        assert len({asked(one, text, DATA).headers["ETag"] for one in (server, newer)}) == 1


@pytest.mark.matrix
def test_a_server_that_is_reached_or_reads_otherwise_has_other_tags(
    store: Path, start: Start, server: Server
) -> None:
    """Documents name the address of their server, and queries see what is set as the default graph."""
    with start("--base-url", "https://missions.example", store=store, token="") as elsewhere:
        tags = {asked(one, "/openapi.json", DATA).headers["ETag"] for one in (server, elsewhere)}
        assert len(tags) == 2
    with start("--base-url", server.url, "--default-graph", "unnamed", store=store, token="") as unmerged:
        tags = {asked(one, "/.well-known/void", DATA).headers["ETag"] for one in (server, unmerged)}
        assert len(tags) == 2

"""Releases in an engine that is somebody else's: published there, proved, and served from there."""

import gc
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from loader.release.releases import Releases
from server.app import create_app
from server.engine.interface import Answer, Question
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.engine import RemoteEngine
from server.engine.remote.placement import Placement
from server.engine.remote.release_names import ReleaseNames
from server.engine.remote.renamed_answer import AnswerNames
from server.operations.process_tree import process_tree
from server.refusal import Refused
from server.settings import Settings
from tests.cases import by_turns, some
from tests.conftest import Command
from tests.pages.addresses import KINDS, LANGUAGES, Kind
from tests.queries.page_reading import BROWSER, Page
from tests.server.remote_store import engine_that_says, guarded, oxigraph
from tests.server.servers import BEARER, DATA, Server, Start, publish

pytestmark = pytest.mark.slow


@dataclass
class Elsewhere:
    """A store directory, the engine in which its releases are published, and what is kept of them here."""

    address: str
    store: Path
    control: Path
    run: Command

    @property
    def query(self) -> str:
        return f"{self.address}/query"

    def told(self, *command: object) -> tuple[int, str]:
        """How a command ends on what is kept here, and what it says."""
        done = self.run(*command, "--control", self.control)
        return done.exit_code, done.stdout + done.stderr

    def publish(self, *flags: object) -> tuple[int, str]:
        return self.told("publish", "--store", self.store, "--to", self.query, *flags)

    def check(self) -> tuple[int, str]:
        return self.told("check", "--endpoint", self.query)

    def graphs(self) -> set[str]:
        """All that the other engine has, as it calls them."""
        asked = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"}
        answer = httpx.get(self.query, params=asked, headers={"Accept": "text/csv"}, trust_env=False)
        return {*answer.text.split()[1:]}

    def placed(self) -> set[str]:
        """All that it should have of the releases that are kept here."""
        placements = [Placement.read(release.path) for release in Releases(self.control).all()]
        return {
            one.names.there(name)
            for one in placements
            for name, content in one.contents().items()
            if content.triples
        }

    def put(self, graph: str, turtle: str) -> None:
        """Changes a graph there behind our back."""
        headers, graphs = {"Content-Type": "text/turtle"}, f"{self.address}/store"
        there = {"params": {"graph": graph}, "headers": headers, "trust_env": False}
        httpx.put(graphs, content=turtle, **there).raise_for_status()  # type: ignore[arg-type]  # as it takes them


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with oxigraph() as there:
        yield there


@pytest.fixture
def small(tmp_path: Path, unmissions: Command) -> Iterator[Elsewhere]:
    """A few triples, in an engine of their own."""
    publish(tmp_path / "store", DATA)
    with oxigraph() as there:
        yield Elsewhere(there, tmp_path / "store", tmp_path / "control", unmissions)


@pytest.fixture(scope="module")
def project(
    address: str, store: Path, unmissions: Command, tmp_path_factory: pytest.TempPathFactory
) -> Elsewhere:
    """The project's release, published."""
    made = Elsewhere(address, store, tmp_path_factory.mktemp("project") / "control", unmissions)
    status, told = made.publish()
    assert status == 0, told
    return made


@pytest.fixture(scope="module")
def remote(project: Elsewhere, start: Start) -> Iterator[Server]:
    """A server of the project's data that has none of them."""
    with start("--engine", project.query, store=project.control) as running:
        yield running


def test_what_is_loaded_is_published_where_the_environment_names_an_engine(
    small: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNMISSIONS_PUBLISH_TO", small.query)
    monkeypatch.setenv("UNMISSIONS_CONTROL", str(small.control))
    (tmp_path / "more.ttl").write_text("<urn:more> <urn:p> 1 .", encoding="utf-8")
    loaded = small.run("load", "--store", small.store, "--dataset", "more", tmp_path / "more.ttl")
    assert loaded.exit_code == 0 and f"answers from {small.query}" in loaded.stdout, loaded.stderr
    assert Releases(small.control).current_id() == Releases(small.store).current_id()
    gone = small.run("unload", "--store", small.store, "more")
    assert gone.exit_code == 0 and small.graphs() == small.placed()


@pytest.mark.parametrize(("kind", "language"), by_turns(KINDS, LANGUAGES, of=24))
def test_a_page_has_the_same_words_as_where_the_data_are_here(
    remote: Server, server: Server, kind: Kind, language: str
) -> None:
    here, there = (Page(one, kind.address, language) for one in (server, remote))
    assert there.status == here.status
    assert told(there, remote) == told(here, server)


def told(page: Page, of: Server) -> str:
    """The words of a page but for where it is from, how long it took, and what its files are hashed to.

    The triples of a file have no order, and either server writes them in that of its own store.
    """
    return re.sub(r"\d+ (ms|مللي ثانية)|[0-9a-f]{64}", "…", page.text("main").replace(of.url, "…"))


def test_results_have_the_same_bytes_in_every_format(remote: Server, server: Server) -> None:
    ordered = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o LIMIT 50"
    for accept in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        assert remote.ask(ordered, accept).content == server.ask(ordered, accept).content
    graph = "CONSTRUCT { ?s ?p true } { ?s a <https://w3id.org/un-missions/ontology#Mission> ; ?p ?o }"
    for accept in ("application/n-triples", "text/turtle", "application/ld+json", "application/rdf+xml"):
        format_ = ox.RdfFormat.from_media_type(accept)
        triples = [{*ox.parse(one.ask(graph, accept).content, format=format_)} for one in (remote, server)]
        assert triples[0] == triples[1] != set()


def test_a_wrong_query_is_told_as_here(remote: Server, server: Server) -> None:
    for query in ("SELECT * { ?s ?p }", "SELECT ?a ?a { ?a ?b", "ASK { FILTER(nope:x()) }"):
        answers = [one.ask(query, "text/csv").json() for one in (remote, server)]
        assert {**answers[0], "instance": ""} == {**answers[1], "instance": ""}


def test_nobody_writes_what_is_in_another_engine(remote: Server) -> None:
    for method, path in (("POST", "/update"), ("PUT", "/graphs?graph=urn:g")):
        assert remote.http.request(method, path, content=b"", headers=BEARER).status_code == 403
    assert remote.http.get("/health/ready").status_code == 200


def test_dumps_are_those_of_the_release(remote: Server, server: Server) -> None:
    for name in ("nq.gz", "ttl"):
        path = remote.http.get(f"/data/latest.{name}").headers["location"]
        dumps = [one.http.get(path).raise_for_status().content for one in (remote, server)]
        triples = [gzip.decompress(dump) if name == "nq.gz" else dump for dump in dumps]
        assert Counter(triples[0].split()) == Counter(triples[1].split())


def test_what_is_published_can_be_proved_again(project: Elsewhere) -> None:
    status, told = project.check()
    assert status == 0 and "saved queries: all right" in told
    status, told = project.publish()
    assert status == 0 and "already" in told


def test_a_graph_that_was_changed_there_is_named(small: Elsewhere) -> None:
    assert small.publish()[0] == 0
    assert small.check()[0] == 0
    one = next(name for name in small.graphs() if name.startswith("urn:one"))
    small.put(one, "<urn:all> <urn:p> 'shared', 'another' .")
    status, told = small.check()
    assert status == 1 and "<urn:one> has other triples there" in told
    small.put(one, "<urn:all> <urn:p> 'shared' .")
    assert "<urn:one> has 1 triples there, not 2" in small.check()[1]


def test_the_releases_that_are_kept_are_there_and_no_others(small: Elsewhere) -> None:
    for number in range(4):
        publish(small.store, f"<urn:n> {{ <urn:a> <urn:b> {number} }}")
        assert small.publish("--keep", 2)[0] == 0
        assert small.graphs() == small.placed()
    assert len(Releases(small.control).all()) == 2


@pytest.mark.matrix
def test_an_earlier_release_answers_from_there_again(small: Elsewhere, start: Start) -> None:
    small.publish()
    first = Releases(small.control).current_id()
    publish(small.store, "<urn:n> { <urn:a> <urn:b> 1 }")
    small.publish()
    with start("--engine", small.query, store=small.control) as served:
        query = "SELECT ?o { <urn:a> <urn:b> ?o }"
        assert (served.rows(query), served.rows(query, release=first)) == (["1"], [])
        assert small.run("rollback", "--store", small.control).exit_code == 0
        assert served.rows(query) == []


def test_what_is_not_as_it_was_sent_does_not_answer(small: Elsewhere) -> None:
    """An engine that takes graphs and answers for another one."""
    small.publish()
    before, kept = small.graphs(), Releases(small.control).current_id()
    publish(small.store, "<urn:n> { <urn:a> <urn:b> 1 }")
    with oxigraph() as other:
        status, told = small.publish("--graphs", f"{other}/store")
    assert status == 1 and f"release {kept} goes on answering" in told and "has 0 triples there" in told
    assert (small.graphs(), Releases(small.control).current_id()) == (before, kept)


def test_what_is_kept_of_one_engine_is_not_mixed_with_that_of_another(small: Elsewhere, address: str) -> None:
    assert small.publish()[0] == 0
    status, told = small.told("publish", "--store", small.store, "--to", f"{address}/query")
    assert status == 1 and f"is in {small.query}" in told
    built = small.run("publish", "--store", small.store, "--to", small.query, "--control", small.store)
    assert built.exit_code == 1 and "was built, and not published" in built.stderr


@pytest.mark.matrix
def test_a_query_that_is_answered_wrongly_there_is_refused_by_name(project: Elsewhere) -> None:
    assert "has no saved query" in project.publish("--without", "nope")[1]
    assert project.publish("--without", "who-met-whom")[0] == 0
    try:
        engine = RemoteEngine(project.control, RemoteEndpoint(url=project.query))
        client = create_app(engine, Settings(store=project.control)).test_client()
        for path in ("who-met-whom", "who-met-whom/run", "who-met-whom/run.csv"):
            answer = client.get(f"/queries/{path}", headers={"Accept": BROWSER})
            assert answer.status_code == 400 and "wrongly" in answer.text and "who-met-whom" in answer.text
        assert client.get("/queries/missions-by-year/run.csv").status_code == 200
    finally:
        assert project.publish()[0] == 0


@pytest.mark.parametrize("held", some(["reader:secret", "Bearer s.e-c"]))
def test_credentials_are_added_on_the_way_out(small: Elsewhere, start: Start, held: str) -> None:
    header = held if held.startswith("Bearer") else "Basic cmVhZGVyOnNlY3JldA=="
    file = small.control.with_name("credentials")
    file.write_text(held + "\n")
    with guarded(small.address, header) as door:
        small.address = door
        assert "401" in small.publish()[1]
        assert small.publish("--engine-credentials", file)[0] == 0
        flags = ("--engine", small.query, "--engine-credentials", file)
        with start(*flags, store=small.control) as served:
            assert len(served.rows("SELECT ?o { ?s ?p ?o }")) == 4
            [front] = served.children()
            _, *disposable = process_tree(front)
            assert disposable
            assert [has_in_memory(pid, header.encode()) for pid in (front, *disposable)] == [
                True, *(False for _ in disposable)
            ]  # fmt: skip


def has_in_memory(pid: int, secret: bytes) -> bool:
    """Whether a process has a text anywhere in its memory."""
    maps = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for bounds, rights, *_ in maps:
            begin, end = (int(bound, 16) for bound in bounds.split("-"))
            if rights.startswith("rw"):
                with suppress(OSError, ValueError):
                    memory.seek(begin)
                    if secret in memory.read(end - begin):
                        return True
    return False


JSON_TYPE = b"Content-Type: application/sparql-results+json\r\n"
TABLE = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:s"}}]}}'
LENGTH = b"Content-Length: %d\r\n" % len(TABLE)
FAILURES = {
    "slow, told in a header": (b"HTTP/1.1 200 OK\r\nX-SQL-State: S1TAT\r\n%b%b\r\n%b", TABLE, "remote-slow"),
    "slow, told by a status": (b"HTTP/1.1 504 Gateway Timeout\r\n%b%b\r\n%b", TABLE, "remote-slow"),
    "cut at a number of rows": (b"HTTP/1.1 200 OK\r\nX-SPARQL-MaxRows: 1\r\n%b%b\r\n%b", TABLE, "remote"),
    "broken": (b"HTTP/1.1 500 Oh\r\n%b%b\r\n%b", TABLE, "remote"),
    "busy": (b"HTTP/1.1 503 Busy\r\n%b%b\r\n%b", TABLE, "full"),
    "unwilling": (b"HTTP/1.1 400 No\r\n%b%b\r\n%b", TABLE, "refused"),
    "hung up": (b"HTTP/1.1 200 OK\r\n%b%b\r\n%b", TABLE[:-9], "remote"),
    "hung up without a word of it": (b"HTTP/1.1 200 OK\r\n%b\r\n%.0b%b", TABLE[:-9], "remote"),
    "talkative": (b"HTTP/1.1 200 OK\r\n%b\r\n%.0b%b", TABLE + b" cancelled", "remote"),
    "silent": (b"%.0b%.0b%.0b", b"", "remote"),
}


@pytest.mark.parametrize("how", some(FAILURES, of=3))
def test_an_engine_that_fails_is_never_taken_for_one_that_answers(project: Elsewhere, how: str) -> None:
    said, body, kind = FAILURES[how]
    with engine_that_says(said % (JSON_TYPE, LENGTH, body)) as address:
        engine = RemoteEngine(project.control, RemoteEndpoint(url=address))
        question = Question(text="SELECT ?s { ?s ?p ?o }", format="text/csv", timeout=5.0)
        assert kind_of_failure(engine.query(question)) == kind


def test_an_engine_that_says_yes_or_no_by_a_table_is_understood(project: Elsewhere) -> None:
    for value, word in (("1", b"true"), ("0", b"false")):
        truth = b'{"__ASK_RETVAL":{"type":"literal","value":"%b"}}' % value.encode()
        table = b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[%b]}}' % truth
        with engine_that_says(b"HTTP/1.1 200 OK\r\n%b\r\n%b" % (JSON_TYPE, table)) as address:
            engine = RemoteEngine(project.control, RemoteEndpoint(url=address))
            assert engine.query(Question(text="ASK {}", format="text/csv", timeout=5.0)).whole() == word


def kind_of_failure(answer: Answer) -> str:
    """What an answer that fails half read leaves behind may only be cleared away by this thread."""
    try:
        answer.whole()
    except Refused as failure:
        return failure.kind
    finally:
        gc.collect()
    return ""


@pytest.mark.matrix
def test_an_engine_that_is_gone_is_told_in_the_language_of_the_page(
    tmp_path: Path, unmissions: Command, start: Start
) -> None:
    publish(tmp_path / "store", DATA)
    with ExitStack() as engine:
        there = engine.enter_context(oxigraph())
        made = Elsewhere(there, tmp_path / "store", tmp_path / "control", unmissions)
        assert made.publish()[0] == 0
        with start("--engine", made.query, store=made.control) as served:
            engine.close()
            page = Page(served, "/sparql?query=ASK%7B%7D", "ar")
            assert page.status == 502 and "المحرك" in page.text("main")
            assert served.http.get("/health/ready").status_code == 503


def test_a_release_that_was_never_published_is_not_served_from_there(
    small: Elsewhere, unmissions: Command
) -> None:
    done = unmissions("serve", "--engine", small.query, "--store", small.store)
    assert done.exit_code == 1 and "unmissions publish --control" in done.stderr


def test_a_separator_comes_back_as_it_was_written_whatever_stands_in_it() -> None:
    names = AnswerNames(ReleaseNames("1-a"), {"~;0;~": r"'\"،\t\\'"})
    assert json.loads(names.of_json(b'{"type":"literal","value":"a~;0;~b"}'))["value"] == 'a"،\t\\b'

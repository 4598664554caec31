"""What every engine does alike: the cases are the contract, and each runs on every implementation."""

import gzip
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.release import Release
from server.engine.edit import Edit
from server.engine.interface import Engine, Question
from server.engine.local.engine import LocalEngine
from server.engine.tags import graph_tag
from server.refusal import Refused
from tests.server.remote_store import oxigraph, publish_there, remote_engine
from tests.server.servers import DATA, publish

pytestmark = pytest.mark.slow

# An engine of what answers in a store directory; another one's server and its folder are there if need be.
Make = Callable[[Path, str, Path], Engine]


def published_elsewhere(store: Path, address: str, folder: Path) -> Engine:
    publish_there(store, address, folder)
    return remote_engine(address, folder)


# Another engine is one more line here, and one below where it writes.
ENGINES: dict[str, Make] = {"local": lambda store, *_: LocalEngine(store), "remote": published_elsewhere}
WRITING = ("local",)
CSV, TURTLE, NT = "text/csv", "text/turtle", "application/n-triples"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, elsewhere: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each implementation, on a store of a few triples that stays as it is."""
    folder = tmp_path_factory.mktemp("engine")
    publish(folder / "store", DATA)
    made = ENGINES[request.param](folder / "store", elsewhere, folder / "elsewhere")
    yield made
    made.close()


@pytest.fixture(params=WRITING)
def writing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each implementation that writes, on a store of its own of the same triples."""
    publish(tmp_path / "store", DATA)
    made = ENGINES[request.param](tmp_path / "store", "", tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module", params=ENGINES)
def of_the_project(
    request: pytest.FixtureRequest, store: Path, elsewhere: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each implementation, on the release of the project's inputs."""
    made = ENGINES[request.param](store, elsewhere, tmp_path_factory.mktemp("project") / "elsewhere")
    yield made
    made.close()


def ask(engine: Engine, text: str, media_type: str = CSV, **more: object) -> str:
    question = Question(text=text, format=media_type, timeout=30.0, **more)  # type: ignore[arg-type]  # fields of a question
    return engine.query(question).whole().decode()


def rows(engine: Engine, text: str, **more: object) -> list[str]:
    return sorted(ask(engine, text, CSV, **more).splitlines()[1:])


def graph(engine: Engine, iri: str, media_type: str = NT) -> str:
    question = Question(text="", format=media_type, timeout=30.0)
    return engine.read_graph(iri, question).whole().decode()


def update(engine: Engine, text: str) -> str:
    return engine.write(Edit(do="update"), io.BytesIO(text.encode())).release


def put(
    engine: Engine, iri: str, turtle: str, if_match: Sequence[str] = (), if_none_match: Sequence[str] = ()
) -> bool:
    conditions = [*if_match], [*if_none_match]
    edit = Edit(
        do="put", graph=iri, parts=[(TURTLE, -1)], if_match=conditions[0], if_none_match=conditions[1]
    )
    return engine.write(edit, io.BytesIO(turtle.encode())).created


def dump(engine: Engine, media_type: str) -> bytes:
    with tempfile.TemporaryFile() as file:
        engine.dump(file, engine.snapshot(), media_type, {"p": "urn:"})
        file.seek(0)
        return file.read()


def failure(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value


def test_a_result_comes_in_the_format_that_is_asked_for(engine: Engine) -> None:
    query = "SELECT ?o { <urn:all> <urn:p> ?o } ORDER BY ?o"
    assert rows(engine, query) == ["in none", "in one", "in two", "shared"]
    assert '"bindings"' in ask(engine, query, "application/sparql-results+json")
    assert ask(engine, "ASK { <urn:all> ?p ?o }", CSV) == "true"
    assert ask(engine, "CONSTRUCT WHERE { <urn:all> ?p 'shared' }", NT) == '<urn:all> <urn:p> "shared" .\n'


def test_an_answer_says_its_release(engine: Engine) -> None:
    answer = engine.query(Question(text="ASK {}", format=CSV, timeout=30.0))
    assert (answer.release, answer.whole()) == (engine.snapshot().id, b"true")


def test_the_default_graph_is_the_merge_of_all_graphs_and_a_triple_stands_there_once(engine: Engine) -> None:
    assert rows(engine, "SELECT ?o { ?s ?p ?o }") == ["in none", "in one", "in two", "shared"]
    assert len(rows(engine, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }")) == 4


def test_the_dataset_of_the_protocol_goes_before_that_of_the_query(engine: Engine) -> None:
    assert rows(engine, "SELECT ?o FROM <urn:two> { ?s ?p ?o }", default_graphs=("urn:one",)) == [
        "in one",
        "shared",
    ]
    named = rows(engine, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", named_graphs=("urn:two",))
    assert named == ["in two", "shared"]


def test_several_default_graphs_are_merged_truly_or_refused(engine: Engine) -> None:
    both = ("urn:one", "urn:two")
    text = "SELECT ?o { ?s ?p ?o }"
    if isinstance(engine, LocalEngine):
        assert rows(engine, text, default_graphs=both) == ["in one", "in two", "shared"]
    else:
        wrong = failure(lambda: ask(engine, text, default_graphs=both))
        assert wrong.kind == "refused" and "FROM" in wrong.detail


def test_graphs_have_the_names_that_they_were_given(engine: Engine) -> None:
    named = "SELECT ?g (STR(?g) AS ?text) { GRAPH ?g { ?s ?p 'shared' } FILTER(?g != <urn:two>) }"
    assert rows(engine, named) == ["urn:one,urn:one"]
    prefixed = (
        "PREFIX u: <urn:> SELECT ?o { GRAPH u:two { ?s ?p ?o } FILTER(STRLEN('u:two <urn:two>') = 15) }"
    )
    assert rows(engine, prefixed) == ["in two", "shared"]
    assert "<urn:one>" in ask(engine, "CONSTRUCT { ?g ?p ?o } { GRAPH ?g { ?s ?p ?o } }", NT)
    assert rows(engine, "SELECT ?o { GRAPH <urn:none> { ?s ?p ?o } }") == []


def test_who_does_not_write_says_so_and_changes_nothing(engine: Engine) -> None:
    before = engine.snapshot()
    if not isinstance(engine, LocalEngine):
        assert failure(lambda: update(engine, "CLEAR ALL")).kind == "forbidden"
        assert failure(lambda: put(engine, "urn:g", "")).kind == "forbidden"
    assert engine.snapshot() == before and len(rows(engine, "SELECT ?o { ?s ?p ?o }")) == 4


def test_relative_iris_are_resolved_against_the_base(engine: Engine) -> None:
    assert "http://example.org/a" in ask(engine, "SELECT (<a> AS ?a) {}", base="http://example.org/b")


def test_what_is_no_sparql_is_refused_with_its_place(engine: Engine) -> None:
    wrong = failure(lambda: ask(engine, "SELECT *\nWHER { }"))
    assert (wrong.kind, wrong.line) == ("syntax", 2) and wrong.column > 0


def test_a_format_that_does_not_fit_the_result_is_refused(engine: Engine) -> None:
    assert failure(lambda: ask(engine, "ASK {}", TURTLE)).kind == "refused"


def test_nothing_is_fetched_from_elsewhere(writing: Engine) -> None:
    load = "LOAD <http://127.0.0.1:9/data>"
    assert failure(lambda: update(writing, load)).kind in ("forbidden", "refused")


def test_a_write_is_there_when_it_has_been_acknowledged(writing: Engine) -> None:
    before = writing.snapshot()
    release = update(writing, "INSERT DATA { GRAPH <urn:new> { <urn:n> <urn:p> 1 } }")
    assert release == writing.snapshot().id != before.id
    assert writing.snapshot().manifest.parent == before.id
    assert rows(writing, "SELECT ?o { <urn:n> <urn:p> ?o }") == ["1"]


def test_an_earlier_release_answers_as_it_was(writing: Engine) -> None:
    before = writing.snapshot()
    update(writing, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    query = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    assert rows(writing, query) == []
    for name in (before.id, str(before.number)):
        assert len(rows(writing, query, release=name)) == 4
        assert writing.snapshot(name) == before
    assert [release.id for release in writing.snapshots()] == [before.id, writing.snapshot().id]


def test_a_release_that_is_not_kept_is_named(engine: Engine) -> None:
    for act in (lambda: engine.snapshot("99"), lambda: ask(engine, "ASK {}", release="99")):
        assert failure(act).kind == "no-release" and "99" in failure(act).detail


def test_without_a_release_nothing_answers_and_a_first_write_may_come(tmp_path: Path) -> None:
    for name in WRITING:
        (tmp_path / name).mkdir()
        engine = ENGINES[name](tmp_path / name, "", tmp_path)
        for act in (engine.snapshot, lambda: ask(engine, "ASK {}"), engine.health):  # noqa: B023 (called at once)
            assert failure(act).kind == "unavailable"
        assert put(engine, "urn:g", "<urn:a> <urn:b> 1 .") is True
        assert rows(engine, "SELECT ?o { ?s ?p ?o }") == ["1"]
        engine.close()


def test_a_graph_is_put_read_merged_and_deleted(writing: Engine) -> None:
    assert put(writing, "urn:g", "<urn:a> <urn:b> 1 .") is True
    assert put(writing, "urn:g", "<urn:a> <urn:b> 2 .") is False
    assert "2" in graph(writing, "urn:g") and '"1"' not in graph(writing, "urn:g")
    writing.write(Edit(do="post", graph="urn:g", parts=[(NT, -1)]), io.BytesIO(b'<urn:a> <urn:b> "3" .'))
    assert graph(writing, "urn:g").count("\n") == 2
    writing.write(Edit(do="delete", graph="urn:g"), io.BytesIO())
    assert failure(lambda: graph(writing, "urn:g")).kind == "not-found"
    assert failure(lambda: writing.write(Edit(do="delete", graph="urn:g"), io.BytesIO())).kind == "not-found"


def test_the_unnamed_graph_is_read_as_it_was_written(engine: Engine) -> None:
    assert sorted(graph(engine, "").splitlines()) == [
        '<urn:all> <urn:p> "in none" .',
        '<urn:all> <urn:p> "shared" .',
    ]


def test_a_conditional_write_happens_only_in_the_state_it_names(writing: Engine) -> None:
    tag = graph_tag(writing.snapshot().id, "urn:one", TURTLE)
    assert put(writing, "urn:one", "<urn:a> <urn:b> 1 .", if_match=[tag]) is False
    assert failure(lambda: put(writing, "urn:one", "", if_match=[tag])).kind == "precondition"
    assert failure(lambda: put(writing, "urn:one", "", if_none_match=["*"])).kind == "precondition"
    assert "1" in graph(writing, "urn:one")


def test_a_wrong_write_leaves_no_trace(writing: Engine) -> None:
    before = writing.snapshot().id
    unreadable = failure(lambda: put(writing, "urn:one", "<urn:a> <urn:b>\n 'x' , ."))
    assert (unreadable.kind, unreadable.line) == ("unreadable", 2)
    assert failure(lambda: update(writing, "INSERT DATA { <urn:x> }")).kind == "syntax"
    assert failure(lambda: update(writing, "CLEAR ALL ; LOAD <file:///etc/passwd>")).kind in (
        "forbidden",
        "refused",
    )
    assert writing.snapshot().id == before and len(rows(writing, "SELECT ?o { ?s ?p ?o }")) == 4


def test_a_blank_node_of_one_write_is_none_of_another(writing: Engine) -> None:
    for iri in ("urn:b1", "urn:b2"):
        put(writing, iri, "_:b0 <urn:is> <urn:blank> .")
    assert ask(writing, "SELECT (COUNT(DISTINCT ?b) AS ?n) { GRAPH ?g { ?b <urn:is> ?o } }").split() == [
        "n",
        "2",
    ]


def test_a_dump_holds_the_whole_release(engine: Engine) -> None:
    release = engine.snapshot()
    packed, merged = dump(engine, "application/n-quads"), dump(engine, TURTLE)
    assert gzip.decompress(packed).count(b"\n") == release.manifest.quads == 6
    assert b"@prefix p: <urn:>" in merged and merged.count(b"shared") == 1


def test_it_tells_how_it_is_and_what_it_did(writing: Engine) -> None:
    ask(writing, "ASK {}")
    failure(lambda: ask(writing, "ASK"))
    update(writing, "INSERT DATA { <urn:x> <urn:p> 1 }")
    outcomes = writing.outcomes()
    assert (outcomes["answered"], outcomes["syntax"], outcomes["written"]) == (1, 1, 1)
    assert writing.health()["release"] == writing.snapshot().id
    assert writing.gauges()["release_quads"] == writing.snapshot().manifest.quads == 7


def test_a_release_brings_its_saved_queries_and_the_texts_of_its_sources(
    of_the_project: Engine, release: Release
) -> None:
    snapshot = of_the_project.snapshot()
    file = next((release.path / "sources").iterdir())
    digest = snapshot.manifest.files[f"sources/{file.name}"][1]
    assert set(snapshot.queries) == {path.stem for path in release.queries.glob("*.rq")} != set()
    assert snapshot.source_text(file.name, digest) == file.read_bytes()
    assert snapshot.source_text(file.name, "0" * 64) is None
    assert snapshot.source_text(f"../sources/{file.name}", digest) is None


def test_every_saved_query_gives_the_rows_that_the_store_of_the_release_has(
    of_the_project: Engine, view: ox.Store
) -> None:
    for name, query in of_the_project.snapshot().queries.items():
        text, found = query.bind({}), io.BytesIO()
        if query.is_graph:
            results, media_type = view.query(text), NT
            assert isinstance(results, ox.QueryTriples)
            results.serialize(found, ox.RdfFormat.N_TRIPLES)
        else:
            results, media_type = view.query(text), CSV
            assert isinstance(results, ox.QuerySolutions | ox.QueryBoolean)
            results.serialize(found, ox.QueryResultsFormat.CSV)
        expected = found.getvalue().decode()
        assert sorted(ask(of_the_project, text, media_type).splitlines()) == sorted(expected.splitlines()), (
            name
        )

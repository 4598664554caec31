"""Whatever is written, the merges and statistics of a release are those that would be made from nothing."""

import io
import shutil
import tempfile
from contextlib import nullcontext, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loader.datasets.data_set import DataSet, Manner
from loader.datasets.load import load, unload
from loader.progress import Progress
from loader.release.lines import Lines, quads_of
from loader.release.namespaces import graph_iri
from loader.release.release import Release
from loader.release.releases import Releases
from loader.release.statistics import keep_statistics
from loader.release.successor import succeed
from loader.release.view import write_views
from server.engine.edit import Edit
from server.engine.evaluation.edits import apply_edit
from server.engine.evaluation.recorder import Recorder
from server.refusal import Refused

pytestmark = pytest.mark.slow

OURS, LINKS, COUNTED = (f"<{graph_iri(name)}>" for name in ("missions", "links", "void"))
START = f"""
    {OURS} {{ <urn:a> <urn:p> <urn:b>, "x"@en, 1 . _:n <urn:p> <urn:a> . <urn:a> <urn:q> _:n }}
    {LINKS} {{ <urn:a> <urn:p> <urn:b>, "x" }}
    <urn:g> {{ <urn:a> <urn:p> <urn:b>, 1.50 . <urn:b> <urn:q> _:n, <urn:a> }}
    <urn:a> <urn:p> <urn:b> . _:n <urn:q> "x"@ar .
    {COUNTED} {{ <urn:set> a <urn:a> . }}
"""
NODES = st.sampled_from(["<urn:a>", "<urn:b>", "<c>"])
VALUES = st.one_of(NODES, st.sampled_from(['"x"', '"x"@en', '"دينغ"@ar', "1", "01", "1.50", '"}; {"', "e:d"]))
PREDICATES = st.sampled_from(["<urn:p>", "<urn:q>", "a"])
GRAPHS = st.sampled_from([OURS, LINKS, COUNTED, "<urn:g>", "<urn:h>", "e:i"])
TRIPLES = st.builds("{} {} {} .".format, NODES, PREDICATES, VALUES)


def in_graphs(triples: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(triples, min_size=1, max_size=3).map(" ".join)
    quads = st.one_of(some, st.builds("GRAPH {} {{ {} }}".format, GRAPHS, some))
    return st.lists(quads, min_size=1, max_size=2).map(" ".join)


TEMPLATES = in_graphs(st.sampled_from(["?s ?p ?o .", "?s <urn:q> ?o .", "?o ?p 01 .", "?s ?p <urn:b> ."]))
PATTERNS = st.one_of(
    st.sampled_from(["?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "?s ?p ?o FILTER (isLiteral(?o)) # }"]),
    st.builds("GRAPH {} {{ ?s ?p ?o }}".format, GRAPHS),
    st.builds("?s ?p ?o . ?s {} {}".format, PREDICATES, VALUES),
    st.builds("?s ?p ?o BIND({} AS ?g)".format, GRAPHS),
)
DATASETS = st.one_of(
    st.just(""),
    st.builds("USING {}".format, GRAPHS),
    st.builds("USING {} USING NAMED {}".format, GRAPHS, GRAPHS),
)
TARGETS = st.one_of(GRAPHS.map("GRAPH {}".format), st.sampled_from(["DEFAULT", "NAMED", "ALL"]))
PLACES = st.one_of(GRAPHS, st.just("DEFAULT"))
CHANGES = st.one_of(
    st.builds("INSERT DATA {{ {} }}".format, in_graphs(TRIPLES)),
    st.builds("INSERT DATA {{ [] <urn:p> {} }}".format, VALUES),
    st.builds("DELETE DATA {{ {} }}".format, in_graphs(TRIPLES)),
    st.builds("DELETE WHERE {{ {} }}".format, PATTERNS.filter(lambda text: "(" not in text)),
    st.builds("INSERT {{ {} }} {} WHERE {{ {}\n}}".format, TEMPLATES, DATASETS, PATTERNS),
    st.builds("INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {}\n}}".format, PATTERNS),
    st.builds("INSERT {{ ?s <urn:p> [] }} WHERE {{ {}\n}}".format, PATTERNS),
    st.builds(
        "WITH {} DELETE {{ {} }} INSERT {{ {} }} {} WHERE {{ {}\n}}".format,
        GRAPHS, TEMPLATES, TEMPLATES, DATASETS, PATTERNS,
    ),
    st.builds("DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {}\n}}".format, PATTERNS),
    st.builds("{} SILENT {}".format, st.sampled_from(["CLEAR", "DROP"]), TARGETS),
    st.builds("CREATE SILENT GRAPH {}".format, GRAPHS),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(["COPY", "MOVE", "ADD"]), PLACES, PLACES),
    st.just("CREATE GRAPH <urn:g>"),
)  # fmt: skip
UPDATES = st.lists(CHANGES, min_size=1, max_size=3).map(lambda all: "PREFIX e: <urn:e:> " + " ; ".join(all))
NT = "application/n-triples"
EDITS = st.one_of(
    UPDATES.map(lambda text: (Edit(do="update", base="urn:base:"), text)),
    UPDATES.map(lambda text: (Edit(do="update", base="urn:base:"), text)),
    st.tuples(
        st.builds(
            lambda do, graph: Edit(do=do, graph=graph, parts=[(NT, -1)]),
            st.sampled_from(["put", "post", "delete"]),
            st.sampled_from(["", "urn:g", graph_iri("missions")]),
        ),
        st.sampled_from(["", "<urn:a> <urn:p> <urn:b> .", '_:b <urn:p> "x" .', '<urn:a> <urn:q> "x"@en .']),
    ),
)  # fmt: skip


def started(store: Path) -> Releases:
    """A store directory with one release."""
    releases = Releases(store)
    with releases.locked(), succeed(releases) as successor:
        successor.store.load(START.encode(), ox.RdfFormat.TRIG)
        successor.publish("test", view=True)
    return releases


def write(releases: Releases, *edits: tuple[Edit, str]) -> tuple[Release, str]:
    """A release of writes that came together; what cannot be is passed over. Also why it was made anew."""
    with releases.locked(), succeed(releases) as successor:
        recorder = Recorder(successor.copied_store)
        for edit, text in edits:
            with suppress(Refused, SyntaxError, RuntimeError):
                apply_edit(successor.store, edit, io.BytesIO(text.encode()), "", True, recorder)
        return successor.publish("test", view=True, difference=recorder.difference), successor.rebuilt


def held(path: Path) -> tuple[set[ox.Quad], set[str]]:
    """The quads of a store, and its graphs."""
    store = ox.Store.read_only(str(path))
    return set(store), {str(graph) for graph in store.named_graphs()}


def check(release: Release) -> None:
    """Compares with merges and statistics that are made from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        shutil.copytree(release.plain, fresh / "plain")
        write_views(fresh)
        assert held(release.view) == held(fresh / "view")
        assert (release.path / "own").is_dir() == (fresh / "own").is_dir()
        assert held(release.own) == held(Release(fresh, release.manifest).own)
        plain = ox.Store(str(fresh / "plain"))
        keep_statistics(plain, None)
        assert set(plain) == held(release.plain)[0]
        del plain
    assert sorted(Lines(release.path)) == sorted(set(Lines(release.path)))
    assert set(quads_of(Lines(release.path))) == set(ox.Store.read_only(str(release.plain)))
    release.verify()
    assert release.manifest.quads == len(set(Lines(release.path)))


def test_a_data_set_that_is_loaded_replaced_and_unloaded_moves_the_merges(tmp_path: Path) -> None:
    started(tmp_path / "store")
    texts = ("<urn:a> <urn:p> <urn:b> .\n_:b <urn:q> <urn:a> .\n", "_:b <urn:p> <urn:a> .\n")
    larger = "".join(f"<urn:{number}> <urn:p> _:b{number} .\n" for number in range(30))
    for slug, text in (*(("x", text) for text in texts), ("y", larger)):
        (tmp_path / "facts.nt").write_text(text, encoding="utf-8")
        data_set = DataSet(slug=slug, files=(tmp_path / "facts.nt",))
        loaded = load([data_set], tmp_path / "store", Manner(allow_empty=True), Progress(quiet=True))
        check(loaded.release)
    for slug in "xy":
        check(unload(slug, tmp_path / "store"))


def copy_of(store: ox.Store) -> ox.Store:
    copy = ox.Store()
    copy.extend(store)
    for graph in store.named_graphs():
        copy.add_graph(graph)
    return copy


def in_memory() -> tuple[ox.Store, Recorder]:
    """A store that writes go into, and who notes what they change."""
    store = ox.Store()
    store.load(START.encode(), ox.RdfFormat.TRIG)
    return store, Recorder(lambda: nullcontext(copy_of(store)))


@settings(max_examples=300, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_what_writes_have_changed_is_known_exactly_or_said_to_be_unsure(
    edits: list[tuple[Edit, str]],
) -> None:
    store, recorder = in_memory()
    before = set(store)

    for edit, text in edits:
        with suppress(Refused, SyntaxError, RuntimeError):
            apply_edit(store, edit, io.BytesIO(text.encode()), "", True, recorder)

    found = recorder.difference
    assert found.unsure or (found.added, found.removed) == (set(store) - before, before - set(store))


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { [] <urn:p> 1 }",
        "PREFIX g: <urn:> INSERT DATA { GRAPH g:g { g:s g:p 1.5 } } ; DELETE DATA { g:s g:p 1 }",
        "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s <urn:q> ?o } WHERE { ?s ?p ?o FILTER (?o > 1) }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } OPTIONAL { ?o ?q _:some } }",
        f"INSERT {{ <urn:a> ?p -5 . }} WHERE {{ ?s ?p ?o }} ; DELETE WHERE {{ GRAPH {OURS} {{ ?s ?p ?o }} }}",
        "COPY DEFAULT TO <urn:h> ; MOVE GRAPH <urn:g> TO <urn:i> ; CLEAR SILENT GRAPH <urn:j> ; DROP ALL",
    ],
)
def test_ordinary_updates_are_not_unsure(text: str) -> None:
    store, recorder = in_memory()
    before = set(store)

    apply_edit(store, Edit(do="update"), io.BytesIO(text.encode()), "", True, recorder)

    assert recorder.difference.unsure == ""
    assert set(store) != before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("INSERT { ?s <urn:q> ?n } WHERE { ?s ?p ?o BIND(NOW() AS ?n) }", "NOW may give something else"),
        ("DELETE { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } LIMIT 1 }", "LIMIT may give something else"),
        ("INSERT { ?s <urn:q> [] } WHERE { ?s ?p ?o }", "each solution makes blank nodes of its own"),
        ("INSERT DATA { _:x <urn:q> 1 } ; CLEAR GRAPH <urn:g>", "stand beside other operations"),
    ],
)
def test_what_is_unsure_is_merged_anew_and_says_why(tmp_path: Path, text: str, reason: str) -> None:
    release, rebuilt = write(started(tmp_path), (Edit(do="update"), text))

    assert reason in rebuilt
    check(release)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=3, max_size=3))
def test_after_any_writes_the_merges_are_those_of_all_graphs_and_of_our_own(
    batches: list[list[tuple[Edit, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        releases = started(Path(folder))
        for batch in batches:
            release, _ = write(releases, *batch)
        check(release)


def test_merges_that_moved_many_times_are_still_the_true_ones(tmp_path: Path) -> None:
    releases, reasons = started(tmp_path), set()
    for number in range(8):
        graph = (OURS, "<urn:g>")[number % 2]
        texts = (
            f"INSERT DATA {{ GRAPH {graph} {{ <urn:a> <urn:p> {number % 3}, 'x' . [] <urn:p> <urn:b> }} }}",
            f"WITH {LINKS} DELETE {{ ?s ?p ?o }} INSERT {{ ?o ?p ?s }} WHERE {{ ?s ?p ?o FILTER isIRI(?o) }}",
            f"DELETE DATA {{ GRAPH {OURS} {{ <urn:a> <urn:p> {number % 2} }} }}",
        )
        release, reason = write(releases, *[(Edit(do="update"), text) for text in texts])
        reasons.add(reason)

    assert reasons == {""}
    check(release)


def test_while_there_are_only_our_own_graphs_one_view_serves(tmp_path: Path) -> None:
    releases = started(tmp_path)
    ours, _ = write(releases, (Edit(do="update"), "CLEAR DEFAULT ; DROP GRAPH <urn:g>"))
    foreign, reason = write(releases, (Edit(do="update"), "INSERT DATA { <urn:x> <urn:p> <urn:a> }"))

    assert ours.own == ours.view
    assert foreign.own != foreign.view and reason == ""
    check(ours)
    check(foreign)

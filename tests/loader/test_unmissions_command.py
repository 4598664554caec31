"""The command line: its help, its exit statuses, and the answers it prints."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.inputs import PROJECT
from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import graph_iri
from loader.release.releases import Releases
from loader.release.successor import succeed
from server.cli.__main__ import COMMANDS
from tests.conftest import Command

NAMES = """#+ summary: What is the name of a thing?
#+ summary_ar: ما اسم الشيء؟
#+ parameters:
#+   - name: thing
#+     required: true
#+   - name: lang
#+     default: ar
SELECT ?name { ?_thing_iri <http://e.org/name> ?name FILTER(LANG(?name) = ?_lang_lang) }
"""
ABUJA = "http://e.org/abuja"
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
ALL_NAMES = "SELECT ?name { ?thing <http://e.org/name> ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release of two triples and one saved query."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "queries").mkdir()
    (folder / "queries/names.rq").write_text(NAMES, encoding="utf-8")
    releases = Releases(folder / "store")
    thing, name = ox.NamedNode(ABUJA), ox.NamedNode("http://e.org/name")
    with releases.locked(), succeed(releases) as successor:
        for label in (ox.Literal("Abuja", language="en"), ox.Literal("أبوجا", language="ar")):
            successor.store.add(ox.Quad(thing, name, label, ox.NamedNode(graph_iri("missions"))))
        successor.publish("test", view=True, queries=folder / "queries")
    return folder / "store"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_says_what_it_does(unmissions: Command, command: str) -> None:
    shown = unmissions(*command.split(), "--help")

    assert shown.exit_code == 0
    assert shown.stdout.startswith("Usage: ")
    assert len(shown.stdout.splitlines()[2].strip()) > 20


def test_the_commands_are_those_that_make_check_ask_and_serve() -> None:
    assert {"build", "check", "query", "releases", "rollback", "serve"} <= set(COMMANDS)


def test_the_help_tells_what_the_exit_status_means(unmissions: Command) -> None:
    shown = " ".join(unmissions("--help").stdout.split())

    assert "Exit status: 0 done; 1 the data or the query is wrong; 2 the call is wrong." in shown


def test_the_version_is_that_of_the_project(unmissions: Command) -> None:
    assert unmissions("--version").stdout.split()[-1] == "0.1.0"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["query"], "Give either FILE (or - for standard input) or --saved NAME."),
        (["query", "-", "--saved", "names"], "Give either FILE (or - for standard input) or --saved NAME."),
        (["query", "--saved", "nothing"], "There is no saved query 'nothing'; there are: names."),
        (["query", "--saved", "../names"], "There is no saved query '../names'; there are: names."),
        (["query", "--saved", "names", "-p", "thing"], "-p thing is no NAME=VALUE."),
        (["query", "--release", "7", "-"], "There is no release '7' in"),
        (["query", "no-such-file.rq"], "No such file or directory"),
        (["rollback", "7"], "There is no release '7' in"),
        (["bild"], "No such command 'bild'."),
        (["build", "--inputs", "no-such-folder"], "Directory 'no-such-folder' does not exist."),
    ],
)
def test_a_wrong_call_ends_with_status_2_and_a_sentence(
    unmissions: Command, small: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.setenv("UNMISSIONS_STORE", str(small))

    called = unmissions(*arguments)

    assert (called.exit_code, called.stdout) == (2, "")
    assert sentence in called.stderr


def test_a_store_without_a_release_cannot_be_asked(unmissions: Command, tmp_path: Path) -> None:
    asked = unmissions("query", "--store", tmp_path, "-", text="ASK {}")

    assert asked.exit_code == 2
    assert f"There is no release in {tmp_path}: run `unmissions build` first." in asked.stderr


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["-"], "SELEC ?s {}", "The query is not valid SPARQL: line 1, column 1: SELEC is not a keyword"),
        (["-", "--format", "ttl"], ALL_NAMES, "The format 'ttl' does not fit this result; one of csv, json,"),
        (["-", "--format", "csv"], EVERYTHING, "The format 'csv' does not fit this result; one of jsonld,"),
        (["-", "--format", "xlsx"], ALL_NAMES, "The format 'xlsx' does not fit this result"),
        (["--saved", "names"], "", "names needs a value for thing."),
        (["--saved", "names", "-p", "thing=abuja"], "", "thing is 'abuja'; it must be an absolute IRI"),
        (["--saved", "names", "-p", "thing=a:b", "-p", "lang=a b"], "", "lang is 'a b'; it must be a"),
        (["--saved", "names", "-p", "thing=a:b", "-p", "x=1"], "", "names has no parameter 'x'"),
    ],
)  # fmt: skip
def test_a_wrong_query_ends_with_status_1_and_a_sentence(
    unmissions: Command, small: Path, arguments: list[str], text: str, sentence: str
) -> None:
    asked = unmissions("query", "--store", small, *arguments, text=text)

    assert (asked.exit_code, asked.stdout) == (1, "")
    assert asked.stderr.startswith(sentence)


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("", '?name\n"أبوجا"@ar\n"Abuja"@en\n'),
        ("tsv", '?name\n"أبوجا"@ar\n"Abuja"@en\n'),
        ("csv", "name\nأبوجا\nAbuja\n"),
    ],
)
def test_a_table_is_printed_as_text(unmissions: Command, small: Path, format_: str, expected: str) -> None:
    options = ["--format", format_] if format_ else []

    assert sorted(unmissions("query", "--store", small, *options, "-", text=ALL_NAMES).stdout) == sorted(
        expected
    )


def test_a_table_is_printed_as_json_and_xml(unmissions: Command, small: Path) -> None:
    as_json = json.loads(
        unmissions("query", "--store", small, "--format", "json", "-", text=ALL_NAMES).stdout
    )
    as_xml = unmissions("query", "--store", small, "--format", "xml", "-", text=ALL_NAMES).stdout

    assert {row["name"]["xml:lang"] for row in as_json["results"]["bindings"]} == {"ar", "en"}
    assert '<literal xml:lang="ar">أبوجا</literal>' in as_xml


@pytest.mark.parametrize(
    ("name", "rdf_format"),
    [
        ("", ox.RdfFormat.TURTLE),
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("nq", ox.RdfFormat.N_QUADS),
        ("trig", ox.RdfFormat.TRIG),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_a_graph_is_printed_in_every_format(
    unmissions: Command, small: Path, name: str, rdf_format: ox.RdfFormat
) -> None:
    options = ["--format", name] if name else []
    printed = unmissions("query", "--store", small, *options, "-", text=EVERYTHING).stdout

    assert {str(quad.object) for quad in ox.parse(printed, rdf_format)} == {'"Abuja"@en', '"أبوجا"@ar'}


def test_a_query_is_read_from_a_file(unmissions: Command, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text('ASK { ?s ?p "أبوجا"@ar }', encoding="utf-8")

    assert unmissions("query", "--store", small, file).stdout.strip() == "true"


@pytest.mark.parametrize(("parameters", "name"), [((), '"أبوجا"@ar'), (("-p", "lang=en"), '"Abuja"@en')])
def test_a_saved_query_takes_parameters_and_their_defaults(
    unmissions: Command, small: Path, parameters: tuple[str, ...], name: str
) -> None:
    asked = unmissions("query", "--store", small, "--saved", "names", "-p", f"thing={ABUJA}", *parameters)

    assert asked.stdout == f"?name\n{name}\n"


@pytest.fixture
def lean(small_project: Path) -> Path:
    """The small project with one saved query, so that checking it is quick."""
    shutil.rmtree(small_project / "queries")
    (small_project / "queries").mkdir()
    query = "#+ summary: x\n#+ summary_ar: x\nSELECT (1 AS ?one) {}"
    (small_project / "queries/one.rq").write_text(query, encoding="utf-8")
    return small_project


def test_check_compares_the_saved_queries_with_the_rows_that_were_accepted(
    unmissions: Command, lean: Path
) -> None:
    expected = lean / "queries/expected/one.tsv"

    accepted = unmissions("check", "--inputs", lean, "--accept")
    assert accepted.exit_code == 0, accepted.stderr
    assert "1 saved quer" in accepted.stdout
    assert expected.read_text(encoding="utf-8") == "?one\n1\n"

    expected.write_text("?one\n2\n", encoding="utf-8")
    differing = unmissions("check", "--inputs", lean)
    assert differing.exit_code == 1
    assert "  − 2\n  + 1\n" in differing.stderr
    assert expected.read_text(encoding="utf-8") == "?one\n2\n"

    again = unmissions("check", "--inputs", lean, "--accept")
    assert (
        again.stdout.startswith("one: ") and "  − 2\n  + 1\n1 of 1 saved queries gave other" in again.stdout
    )
    assert expected.read_text(encoding="utf-8") == "?one\n1\n"


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with its output in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *arguments],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
        check=False,
    )


def test_in_a_pipe_there_are_plain_lines_without_escape_codes(
    store: Path, inputs: Path, tmp_path: Path
) -> None:
    unchanged = run("build", "--store", str(store), "--inputs", str(inputs))
    (tmp_path / "data").mkdir()
    refused = run("build", "--store", str(tmp_path / "new"), "--inputs", str(tmp_path))

    assert (unchanged.returncode, refused.returncode) == (0, 1)
    assert unchanged.stdout.startswith("nothing has changed since release 1-")
    assert refused.stderr.startswith("data/missions:1: There is no mission")
    assert "\x1b" not in unchanged.stdout + unchanged.stderr + refused.stdout + refused.stderr


def test_arabic_is_printed_in_any_locale(small: Path) -> None:
    asked = run(
        "query",
        "--store",
        str(small),
        "--saved",
        "names",
        "-p",
        f"thing={ABUJA}",
        environment={"LC_ALL": "C"},
    )

    assert (asked.returncode, asked.stdout) == (0, '?name\n"أبوجا"@ar\n')


def test_a_byte_order_mark_before_a_query_is_no_part_of_it(
    unmissions: Command, small: Path, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "all.rq").write_text("\ufeffASK {}", encoding="utf-8")
    asked = unmissions("query", "--store", small, tmp_path / "all.rq", "--format", "csv")
    assert (asked.exit_code, asked.stdout.strip()) == (0, "true")
    saved = project / "queries/missions-by-year.rq"
    saved.write_text("\ufeff" + saved.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_saved_query(saved).form == "SELECT"

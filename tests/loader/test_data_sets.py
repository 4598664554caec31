"""Data sets from elsewhere: every format is read, packed or not, and what cannot be read changes nothing."""

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.namespaces import BASE, ONTOLOGY, graph_iri
from loader.release.release import Release
from loader.release.releases import Releases
from tests.cases import some
from tests.conftest import Command

pytestmark = pytest.mark.slow

A, B = (ox.NamedNode(f"http://example.org/{letter}") for letter in "ab")
FACT = ox.Triple(A, B, ox.Literal("أبوجا", language="ar"))
GRAPH = ox.NamedNode(graph_iri("dataset/x"))
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "TTL": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "txt": ox.RdfFormat.N_TRIPLES,
    "n3": ox.RdfFormat.N3,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "rdfs": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "json": ox.RdfFormat.JSON_LD,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
RDF_XML = """<?xml version="1.0"{encoding}?>
<!-- no DOCTYPE, this -->{doctype}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="{space}">
  <rdf:Description rdf:about="http://example.org/a"><ex:b>é</ex:b></rdf:Description>
</rdf:RDF>
"""
ENTITY = '<!DOCTYPE rdf:RDF [<!ENTITY ex "http://example.org/">]>'
NESTED = '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
ELSEWHERE = '<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def current(store: Path) -> Release:
    release = Releases(store).current()
    assert release
    return release


def facts(store: Path, slug: str = "x") -> list[ox.Triple]:
    """The triples of a data set in the current release."""
    plain = ox.Store.read_only(str(current(store).plain))
    graph = ox.NamedNode(graph_iri(f"dataset/{slug}"))
    return [quad.triple for quad in plain.quads_for_pattern(None, None, None, graph)]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    ("mark", "is_packed"),
    some([(b"", False), (b"\xef\xbb\xbf", False), (b"", True)]),
    ids=["", "with a byte order mark", "packed"],
)
def test_a_file_is_read_as_its_ending_says(
    unmissions: Command, tmp_path: Path, ending: str, mark: bytes, is_packed: bool
) -> None:
    content = mark + (ox.serialize([FACT], format=FORMATS[ending]) or b"")
    name = f"facts.{ending}.gz" if is_packed else f"facts.{ending}"
    file = written(tmp_path / name, gzip.compress(content) if is_packed else content)

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert loaded.exit_code == 0, loaded.stderr
    assert "data set x has 1 triples" in loaded.stdout
    assert "looks like" not in loaded.stderr
    assert facts(tmp_path / "store") == [FACT]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_byte_order_mark_says_in_what_a_file_is_encoded(
    unmissions: Command, tmp_path: Path, encoding: str
) -> None:
    mark = "\ufeff" if encoding.endswith("le") else ""
    file = written(tmp_path / "facts.nt", f"{mark}{FACT} .\n{FACT} .\n".encode(encoding))

    unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert facts(tmp_path / "store") == [FACT]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-8"])
def test_xml_is_read_in_the_encoding_that_it_declares(
    unmissions: Command, tmp_path: Path, encoding: str
) -> None:
    text = RDF_XML.format(encoding=f' encoding="{encoding}"', doctype="", space="http://example.org/")
    file = written(tmp_path / "facts.rdf", text.encode(encoding))

    unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert facts(tmp_path / "store") == [ox.Triple(A, B, ox.Literal("é"))]


def test_the_short_entities_of_rdf_xml_are_read(unmissions: Command, tmp_path: Path) -> None:
    file = written(tmp_path / "facts.rdf", RDF_XML.format(encoding="", doctype=ENTITY, space="&ex;"))

    unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert facts(tmp_path / "store") == [ox.Triple(A, B, ox.Literal("é"))]


def test_a_file_whose_name_says_another_format_is_read_as_what_it_is(
    unmissions: Command, tmp_path: Path
) -> None:
    file = written(tmp_path / "facts.rdf", "@prefix ex: <http://example.org/> .\nex:a ex:b 'أبوجا'@ar .\n")

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert loaded.exit_code == 0
    assert f"{file}:1: The content looks like Turtle, and is read as that." in loaded.stderr
    assert facts(tmp_path / "store") == [FACT]


@pytest.mark.parametrize(
    ("base", "iri"), [("", f"{BASE}dataset/x/here"), ("http://example.org/a/", "http://example.org/a/here")]
)
@pytest.mark.parametrize("ending", ["ttl", "jsonld", "rdf"])
def test_relative_iris_never_name_a_path_of_the_machine(
    unmissions: Command, tmp_path: Path, base: str, iri: str, ending: str
) -> None:
    content = {
        "ttl": "<here> <http://example.org/b> 1 .",
        "jsonld": '{"@id": "here", "http://example.org/b": 1}',
        "rdf": RDF_XML.format(encoding="", doctype="", space="http://example.org/").replace(
            "http://example.org/a", "here"
        ),
    }
    file = written(tmp_path / f"facts.{ending}", content[ending])

    options = ["--base", base] if base else []
    unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file, *options)

    assert [triple.subject for triple in facts(tmp_path / "store")] == [ox.NamedNode(iri)]


@pytest.mark.parametrize("ending", ["nq", "trig", "nt", "ttl", "n3", "jsonld", "rdf"])
def test_a_blank_node_is_of_one_file_alone(unmissions: Command, tmp_path: Path, ending: str) -> None:
    content = {
        "jsonld": '{"@id": "_:b0", "http://example.org/p": "x"}',
        "rdf": RDF_XML.format(encoding="", doctype="", space="http://example.org/").replace(
            'rdf:about="http://example.org/a"', 'rdf:nodeID="b0"'
        ),
    }.get(ending, '_:b0 <http://example.org/p> "x" .\n')
    store = tmp_path / "store"
    files = [written(tmp_path / f"{name}.{ending}", content) for name in "abcd"]

    unmissions("load", "--store", store, "--dataset", "x", *files[:2])
    unmissions("load", "--store", store, "--dataset", "y", *files[2:])

    nodes = {triple.subject for slug in "xy" for triple in facts(store, slug)}
    assert len(nodes) == 4


@pytest.mark.parametrize(
    ("name", "content", "line", "sentence"),
    [
        ("facts.csv", "a,b", 1, "The file looks like CSV, which is no RDF: give a mapping"),
        ("facts.xlsx", "PK", 1, "A file .xlsx cannot be read: save it as CSV and load that by a mapping."),
        ("facts.mrk", "=001  1", 1, "A file .mrk cannot be read: save it as MARCXML"),
        ("facts.rda", "RDX2", 1, "A file .rda cannot be read: write it as CSV"),
        ("facts.bin", "\x01", 1, "'.bin' names no format that is read"),
        ("facts.json", '{"name": "x"}', 1, "The file looks like JSON, which is no RDF: give a mapping"),
        ("facts.xml", "<a>\n<b/></a>", 1, "The file looks like XML, which is no RDF: give a mapping"),
        ("facts.jsonld", '{"@id": "urn:a"}', 1, "The file gives no triple."),
        ("facts.rdf", RDF_XML.format(encoding="", doctype=NESTED, space="a:"), 2, "The entity 'b' is longer"),
        ("facts.rdf", RDF_XML.format(encoding="", doctype=ELSEWHERE, space="a:"), 2, "The entity 'a' lies"),
        ("facts.rdf", RDF_XML.format(encoding="", doctype="", space="a:")[:-12], 4, "Parser error at line"),
        (
            "facts.rdf",
            RDF_XML.format(encoding=' encoding="klingon"', doctype="", space="a:"),
            1,
            "The file dec",
        ),
        ("facts.ttl", "\n\n<a> <b> .", 3, ""),
        ("facts.nq", "\nno quad", 2, ""),
        (
            "facts.nt",
            b'<a:a> <a:b> \'\n<a:a> <a:b> "\xe9" .',
            2,
            "The file is not UTF-8: byte 0xe9 at offset 27",
        ),
        (
            "facts.nt",
            b'<a:a> <a:b> "" .\n<a:a> <a:b> "\0" .',
            2,
            "The file is no text: byte 0x00 at offset 30",
        ),
        ("facts.nt.gz", b"no gzip", 1, "The file cannot be read: Not a gzipped file"),
        (
            "facts.nt.gz",
            gzip.compress(b"<a:a> <a:b> <a:c> .\n", mtime=0)[:-9],
            1,
            "The file cannot be read: ",
        ),
        ("facts.jsonld", '{\n"@context": "http://a/b"}', 2, "The context <http://a/b> lies elsewhere"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line_and_nothing_changes(
    unmissions: Command, tmp_path: Path, name: str, content: str | bytes, line: int, sentence: str
) -> None:
    store, bad = tmp_path / "store", written(tmp_path / name, content)
    good = written(tmp_path / "good.nt", f"{FACT} .\n")
    unmissions("load", "--store", store, "--dataset", "x", good)

    refused = unmissions("load", "--store", store, "--dataset", "x", good, bad)

    assert refused.exit_code == 1
    assert f"{bad}:{line}: {sentence}" in refused.stderr
    assert refused.stderr.endswith("Nothing was loaded.\n")
    assert [release.number for release in Releases(store).all()] == [1]


@pytest.mark.parametrize("ending", ["nt", "nq"])
def test_every_bad_line_is_named_and_all_are_counted(
    unmissions: Command, tmp_path: Path, ending: str
) -> None:
    lines = ["no triple" if n % 2 else "<a:a> <a:b> <a:c> ." for n in range(1, 61)]
    file = written(tmp_path / f"facts.{ending}", "\n".join(lines))

    refused = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    named = [line for line in refused.stderr.splitlines() if "no triple" in line or "must be an IRI" in line]
    assert [int(line.split(":")[1]) for line in named] == list(range(1, 40, 2))
    assert "So are 10 more" in refused.stderr
    assert "30 lines" in refused.stderr


HALF_SOUND = {
    "jsonld": (
        """{"@context": {"b": {"@id": "http://example.org/b", "@type": "@id"}}, "@id": "http://example.org/a",
 "http://example.org/b": [{"@value": "x", "@language": "lc2"}, {"@value": "أبوجا", "@language": "ar"}],
 "b": "http://example.org/a b",
 "unknown": 1}""",
        ["<http://example.org/a b> is no IRI", "'lc2' is no language tag"],
    ),
    "ttl": (
        """<http://example.org/a> <http://example.org/b> "أبوجا"@ar .
<http://example.org/a> <http://example.org/b> "x"@lc2, "y"@en .
<http://example.org/a> <http://example.org/b> <a b> .
""",
        [":2: Parser error at line 2 column", ":3: <https://w3id.org/un-missions/dataset/x/a b> is no IRI"],
    ),
    "nt": (
        """<http://example.org/a> <http://example.org/b> "أبوجا"@ar .
<http://example.org/a b> <http://example.org/b> "x" .
<http://example.org/a> <http://example.org/b> .
""",
        [":2: <http://example.org/a b> is no IRI", ":3: The object of a triple must be"],
    ),
    "rdf": (
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">
<rdf:Description rdf:about="http://example.org/a">
<e:b xml:lang="ar">أبوجا</e:b><e:b xml:lang="l 2">x</e:b>
</rdf:Description></rdf:RDF>""",
        [":3: 'l 2' is no language tag"],
    ),
}


@pytest.mark.parametrize("ending", HALF_SOUND)
def test_what_is_no_rdf_is_refused_or_left_out_and_named_and_never_passed_over(
    unmissions: Command, tmp_path: Path, ending: str
) -> None:
    text, sentences = HALF_SOUND[ending]
    file = written(tmp_path / f"facts.{ending}", text)
    load = ("load", "--store", tmp_path / "store", "--dataset", "x", file)

    refused = unmissions(*load)
    loaded = unmissions(*load, "--skip-invalid")

    assert refused.exit_code == 1 and f"{file}:" in refused.stderr
    assert loaded.exit_code == 0, loaded.stderr
    assert [sentence for sentence in sentences if sentence not in loaded.stderr] == []
    assert facts(tmp_path / "store") == [FACT]
    described = facts(tmp_path / "store", "x/void")
    left_out = [fact.object for fact in described if fact.predicate.value == f"{ONTOLOGY}leftOut"]
    assert left_out == [ox.Literal(len(sentences))]


def test_a_wrong_line_takes_none_of_the_sound_ones_after_it(unmissions: Command, tmp_path: Path) -> None:
    lines = [
        '<urn:b> <urn:p> "x" .',
        '<urn:b> <urn:p> "bad',
        '<urn:c> <urn:p> "y" .',
        '<urn:d> <urn:p> "z" .',
    ]
    file = written(tmp_path / "facts.nt", "\n".join(lines))

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", "--skip-invalid", file)

    assert loaded.exit_code == 0 and f"{file}:2: " in loaded.stderr and f"{file}:3: " not in loaded.stderr
    assert {str(fact.object) for fact in facts(tmp_path / "store")} == {'"x"', '"y"', '"z"'}


def test_a_key_that_means_nothing_in_json_ld_is_named(unmissions: Command, tmp_path: Path) -> None:
    text = '{"@id": "http://example.org/a", "http://example.org/b": 1, "z": {"http://example.org/b": 2}}'
    file = written(tmp_path / "facts.jsonld", text)

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert f"{file}:1: The key 'z' is no IRI and no term of the context" in loaded.stderr
    assert len(facts(tmp_path / "store")) == 1


CONTEXT = '{"@context": {"b": "http://example.org/b"}}'


def test_a_context_that_lies_elsewhere_can_be_given_as_a_file(unmissions: Command, tmp_path: Path) -> None:
    fact = '"@id": "http://example.org/a", "b": {"@value": "x", "@type": "b"}'
    text = f'{{"@context": ["http://a/b?c=d"], {fact}}}'
    file, context = written(tmp_path / "facts.jsonld", text), written(tmp_path / "context.json", CONTEXT)

    loaded = unmissions(
        *("load", "--store", tmp_path / "store", "--dataset", "x", file),
        *("--context", f"http://a/b?c=d={context}"),
    )

    assert loaded.exit_code == 0, loaded.stderr
    assert facts(tmp_path / "store") == [ox.Triple(A, B, ox.Literal("x", datatype=B))]


def test_the_same_files_again_make_no_release(unmissions: Command, tmp_path: Path) -> None:
    store, file = tmp_path / "store", written(tmp_path / "facts.nt", f"{FACT} .\n")
    unmissions("load", "--store", store, "--dataset", "x", file)

    again = unmissions("load", "--store", store, "--dataset", "x", file)
    otherwise = unmissions("load", "--store", store, "--dataset", "x", file, "--base", "http://a/")

    assert again.stdout == f"nothing has changed since release {Releases(store).all()[0].id}\n"
    assert [release.number for release in Releases(store).all()] == [1, 2]
    assert "published" in otherwise.stdout


def test_a_file_without_triples_is_taken_where_that_is_meant(unmissions: Command, tmp_path: Path) -> None:
    file = written(tmp_path / "facts.ttl", "# nothing\n")

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file, "--allow-empty")

    assert "data set x has 0 triples" in loaded.stdout


@pytest.mark.parametrize("slug", ["un-missions", "Ab", "a--b", "../x"])
def test_a_name_that_no_data_set_may_have_is_a_wrong_call(
    unmissions: Command, tmp_path: Path, slug: str
) -> None:
    file = written(tmp_path / "facts.nt", f"{FACT} .\n")

    refused = unmissions("load", "--store", tmp_path / "store", "--dataset", slug, file)

    assert refused.exit_code == 2
    assert slug in refused.stderr


def test_what_is_said_of_our_things_is_counted(unmissions: Command, tmp_path: Path) -> None:
    text = "<../../mission/2012-abuja> <a:b> 1, 2 . <own> <a:b> 1 . <../x> <a:b> 1 ."
    file = written(tmp_path / "facts.ttl", text)

    loaded = unmissions("load", "--store", tmp_path / "store", "--dataset", "x", file)

    assert "2 triples speak of things that are not of this data set but of ours" in loaded.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_load_that_is_ended_publishes_nothing_and_leaves_nothing(
    unmissions: Command, tmp_path: Path, number: signal.Signals
) -> None:
    store, slow = tmp_path / "store", tmp_path / "facts.nt"
    os.mkfifo(slow)
    command = [sys.executable, "-m", "server.cli", "load", "--store", str(store), "--dataset", "x", str(slow)]
    # A shell without a terminal starts what runs behind it deaf to SIGINT.
    process = subprocess.Popen(
        command,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with slow.open("w") as pipe:
        pipe.write(f"{FACT} .\n")
        pipe.flush()
        while not list(store.glob("releases/.draft-*")):
            time.sleep(0.02)
        process.send_signal(number)
        pipe.close()
        process.wait()
    left = list(store.glob("releases/.*"))
    good = written(tmp_path / "good.nt", f"{FACT} .\n")
    unmissions("load", "--store", store, "--dataset", "y", good)

    assert bool(left) == (number == signal.SIGKILL)
    assert [path.name for path in store.glob("releases/*")] == [current(store).id]

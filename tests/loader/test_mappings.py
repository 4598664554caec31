"""Files that are no RDF become triples by a mapping, a CONSTRUCT over the plain triples of Facade-X."""

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.releases import Releases
from tests.conftest import Command
from tests.loader.test_data_sets import facts, written

pytestmark = pytest.mark.slow

HEADER = "#+ summary: a test\n"
PREFIXES = """
PREFIX fx: <http://sparql.xyz/facade-x/ns/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX xyz: <http://sparql.xyz/facade-x/data/>
"""
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
# What Facade-X makes of a small file in each format.
FACADE = {
    "csv": (
        "a b,c\n1,NA\n056,\n",
        '[] a fx:root ; fx:fileName "f.csv" ; rdf:_1 [ xyz:a%20b "1" ; xyz:c "NA" ] ;'
        ' rdf:_2 [ xyz:a%20b "056" ; xyz:c "" ] .',
    ),
    "tsv": ("a\tb\nx\ty z\n", '[] a fx:root ; fx:fileName "f.tsv" ; rdf:_1 [ xyz:a "x" ; xyz:b "y z" ] .'),
    "json": (
        '{"a": "x", "b": {"c": [1, 2.50, true, null, "y"]}, "n": null}',
        '[] a fx:root ; fx:fileName "f.json" ; xyz:a "x" ;'
        ' xyz:b [ xyz:c [ rdf:_1 1 ; rdf:_2 2.5 ; rdf:_3 true ; rdf:_5 "y" ] ] .',
    ),
    "xml": (
        '<a x="1"><b xmlns="http://n/">t <c/> u</b>\n</a>',
        '[] a fx:root, xyz:a ; fx:fileName "f.xml" ; xyz:x "1" ;'
        ' rdf:_1 [ a <http://n/b> ; rdf:_1 "t" ; rdf:_2 [ a <http://n/c> ] ; rdf:_3 "u" ] .',
    ),
}


def mapping(folder: Path, header: str, query: str = ALL) -> Path:
    return written(folder / "test.rq", f"{HEADER}{header}{PREFIXES}{query}")


def canonical(triples: list[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("format_", FACADE)
def test_each_format_becomes_the_triples_of_facade_x(
    unmissions: Command, tmp_path: Path, format_: str
) -> None:
    text, turtle = FACADE[format_]
    file, query = written(tmp_path / f"f.{format_}", text), mapping(tmp_path, f"#+ format: {format_}\n")

    loaded = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert loaded.exit_code == 0, loaded.stderr
    expected = [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]
    assert canonical(facts(tmp_path / "s")) == canonical(expected)


def described(store: Path) -> dict[str, str]:
    """What the description says, by the name of the property."""
    pairs = ((t.predicate.value.rpartition("#")[2], t.object) for t in facts(store, "x/void"))
    return {name: value.value for name, value in pairs if isinstance(value, ox.Literal)}


ROWS = "CONSTRUCT { ?row <cell> ?cell } WHERE { ?row xyz:a ?cell FILTER (?cell != '7') }"
XML = "<l>" + "".join(f"<p><r a='{n}'/></p>" for n in range(1, 8)) + "</l>"


@pytest.mark.parametrize(
    ("name", "text", "header"),
    [
        ("f.csv", "a\n" + "".join(f"{n}\n" for n in range(1, 8)), "format: csv\n#+ rows: 3"),
        ("f.json", "[" + ",".join(f'{{"a": "{n}"}}' for n in range(1, 8)) + "]", "format: json\n#+ rows: 3"),
        (
            *("f.json", '{"x": {"y": [' + ",".join(f'{{"a": "{n}"}}' for n in range(1, 8)) + "]}}"),
            "format: json\n#+ piece: x.y\n#+ rows: 3",
        ),
        ("f.xml", XML, "format: xml\n#+ piece: r\n#+ rows: 3"),
    ],
)
def test_a_file_is_mapped_piece_by_piece_and_what_gave_nothing_is_counted(
    unmissions: Command, tmp_path: Path, name: str, text: str, header: str
) -> None:
    file, query = written(tmp_path / name, text), mapping(tmp_path, f"#+ {header}\n", ROWS)

    loaded = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert loaded.exit_code == 0, loaded.stderr
    assert len(facts(tmp_path / "s")) == 6
    said = described(tmp_path / "s")
    assert said["mapping"] == "test"
    # All of a short line of XML is read at once, and so taken at once.
    pieces, empty = ("1", "0") if name == "f.xml" else ("3", "1")
    assert (said["pieces"], said["emptyPieces"]) == (pieces, empty)


def test_with_whole_a_row_can_be_compared_with_all_others(unmissions: Command, tmp_path: Path) -> None:
    count = "CONSTRUCT { <all> <rows> ?n } WHERE { { SELECT (COUNT(?row) AS ?n) { ?row xyz:a ?any } } }"
    file = written(tmp_path / "f.csv", "a\n" + "1\n" * 1200)
    query = mapping(tmp_path, "#+ format: csv\n#+ whole: true\n", count)

    unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert [str(triple.object) for triple in facts(tmp_path / "s")] == [str(ox.Literal(1200))]


def test_the_hashtags_of_hxl_name_columns_whatever_their_blanks_and_order(
    unmissions: Command, tmp_path: Path
) -> None:
    text = "Code,Name,Note\n#country +v_iso2+code,#country+name +i_ar,\nNA,ناميبيا,x\n"
    read = "CONSTRUCT { ?row <is> ?a, ?b, ?c } WHERE"
    read += r" { ?row xyz:country\+code\+v_iso2 ?a ; xyz:country\+i_ar\+name ?b ; rdf:_3 ?c }"
    file, query = written(tmp_path / "f.csv", text), mapping(tmp_path, "#+ format: csv\n#+ hxl: true\n", read)

    unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert {str(triple.object) for triple in facts(tmp_path / "s")} == {'"NA"', '"ناميبيا"', '"x"'}


def test_a_triple_of_the_template_that_never_came_out_is_named(unmissions: Command, tmp_path: Path) -> None:
    lost = "CONSTRUCT { ?row <a> ?a ; <b> ?b ; <c> [ <d> ?e ] } WHERE { { ?row xyz:a ?a } { ?x xyz:c ?e } }"
    file = written(tmp_path / "f.csv", "a,c\n1,2\n")
    query = mapping(tmp_path, "#+ format: csv\n", lost)

    loaded = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert loaded.exit_code == 0
    assert loaded.stderr.count("No triple came out of") == 1
    assert "/dataset/x/b> ?b`: its variables are never bound together." in loaded.stderr


@pytest.mark.parametrize(
    ("header", "query", "line", "sentence"),
    [
        ("", ALL, 1, "The header needs `#+ format:` with one of csv, tsv, json, xml."),
        ("#+ format: xlsx\n", ALL, 2, "The header needs `#+ format:` with one of csv, tsv, json, xml."),
        ("#+ format: csv\n#+ colour: red\n", ALL, 3, "The header has 'colour'; it may have format, "),
        ("#+ format: csv\n#+ rows: many\n", ALL, 3, "rows is 'many': no int."),
        ("#+ format: csv\n", "CONSTRUCT { ?s ?p } WHERE { }", 7, "The mapping is not valid SPARQL: "),
        ("#+ format: csv\n", "SELECT * { ?s ?p ?o }", 1, "A mapping is a CONSTRUCT query"),
        (
            *("#+ format: csv\n", "CONSTRUCT { ?s ?p ?o }\nWHERE { SERVICE <http://a/> { ?s ?p ?o } }", 8),
            "A mapping reads its file alone: SERVICE is not allowed in it.",
        ),
        (
            *("#+ format: csv\n", "CONSTRUCT { ?s ?p ?o } FROM <file:///a> WHERE { ?s ?p ?o }", 7),
            "A mapping reads its file alone: FROM is not allowed in it.",
        ),
    ],
)
def test_a_mapping_with_a_mistake_is_refused_with_its_line(
    unmissions: Command, tmp_path: Path, header: str, query: str, line: int, sentence: str
) -> None:
    file, faulty = written(tmp_path / "f.csv", "a\n1\n"), mapping(tmp_path, header, query)

    refused = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", faulty)

    assert refused.exit_code == 1
    assert f"{faulty}:{line}: {sentence}" in refused.stderr
    assert not Releases(tmp_path / "s").all()


@pytest.mark.parametrize(
    ("name", "text", "line", "sentence"),
    [
        ("f.csv", "a,b\n1,2\n1,2,3\n", 3, "The row has 3 cells, the header has 2."),
        ("f.csv", 'a,b\n1,"2\n', 2, "This is no CSV: "),
        ("f.csv", b"a,b\n1,\xe9\n", 2, "The file is not UTF-8: byte 0xe9"),
        ("f.csv", "a,b\n", 1, "The file gives no triple."),
        ("f.json", '{"a":\n1,}', 2, "This is no JSON: "),
        ("f.xml", "<a>\n<b></a>", 2, "Parser error at line 2 column 6: mismatched tag."),
    ],
)
def test_a_file_that_is_not_what_its_mapping_says_is_refused_with_its_line(
    unmissions: Command, tmp_path: Path, name: str, text: str | bytes, line: int, sentence: str
) -> None:
    ending = name.partition(".")[2]
    cells = "CONSTRUCT { ?row ?p ?o } WHERE { ?row ?p ?o FILTER (?p != rdf:type && ?p != fx:fileName) }"
    file, query = written(tmp_path / name, text), mapping(tmp_path, f"#+ format: {ending}\n", cells)

    refused = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert refused.exit_code == 1
    assert f"{file}:{line}: {sentence}" in refused.stderr
    assert not Releases(tmp_path / "s").all()


@pytest.mark.matrix
def test_a_mapping_that_takes_too_much_memory_ends_by_itself(unmissions: Command, tmp_path: Path) -> None:
    letters = "abcdefghij"
    binds = " ".join(f"BIND(CONCAT({', '.join([f'?{a}'] * 8)}) AS ?{b})" for a, b in pairwise(letters))
    file = written(tmp_path / "f.csv", f"a\n{'x' * 1000}\n")
    query = mapping(
        tmp_path, "#+ format: csv\n", f"CONSTRUCT {{ <a> <b> ?j }} WHERE {{ ?row xyz:a ?a {binds} }}"
    )

    refused = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file, "--mapping", query)

    assert refused.exit_code == 1
    assert "The mapping takes more than " in refused.stderr
    assert not Releases(tmp_path / "s").all()

"""grlc reads every file of the folder: by its rules, and by itself where it is installed."""

import importlib
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import Query

from loader.query.parameter import Parameter, WrongParameter
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.query.tokens import tokens
from tests.cases import some
from tests.queries.asking import QUERIES, name

pytestmark = pytest.mark.slow

# The pattern of grlc 1.3.11 (`grlc/gquery.py`, get_parameters) for variables that are parameters.
VARIABLE = re.compile(
    r"\?(?P<required>[_]{1,2})(?P<name>[a-zA-Z0-9]+)([_](?P<type>(iri)|(number)|(literal)|(integer)))?"
    r"([_](?P<prefix>[a-zA-Z0-9]+)[_](?P<userdefined>[a-zA-Z0-9]+))?([_](?P<lang>[a-zA-Z0-9]+))?"
)
EVERY = pytest.mark.parametrize("query", QUERIES.values(), ids=name)
VALUES = {
    "iri": "urn:a",
    "string": "text",
    "folded": "text",
    "integer": "7",
    "year": "2011",
    "boolean": "true",
    "date": "2011-11-21",
}


@EVERY
def test_the_header_is_the_yaml_that_grlc_reads(query: SavedQuery) -> None:
    rows = [row.lstrip("#+") for row in query.text.split("\n") if row.startswith("#+")]
    header = yaml.safe_load("\n".join(rows))
    assert header["summary"] == query.summary
    assert tuple(header["tags"]) == query.tags
    assert query.text.startswith("#+ summary: ")


@cache
def parsed(text: str) -> ParseResults:
    """What the parser of rdflib makes of a text; a query without parameters is the same text to two tests."""
    return Query.parse_string(text, parse_all=True)


@pytest.mark.parametrize("query", some(QUERIES.values(), of=6), ids=name)
def test_the_parser_of_grlc_reads_the_file_as_it_is(query: SavedQuery) -> None:
    """It is rdflib's, without the step that resolves escapes such as a backslash and u before it."""
    assert parsed(query.text)


@EVERY
def test_grlc_finds_the_same_parameters(query: SavedQuery) -> None:
    found = {match["name"]: match[0] for match in VARIABLE.finditer(query.text)}
    assert found == {parameter.name: f"?{parameter.variable}" for parameter in query.parameters}


@EVERY
def test_replacing_the_text_of_a_parameter_is_replacing_its_tokens(query: SavedQuery) -> None:
    values = {p.name: p.default or (p.choices or [VALUES[p.type]])[0] for p in query.parameters}
    bound, replaced = query.bind(values), query.text
    for parameter in query.parameters:
        replaced = replaced.replace(f"?{parameter.variable}", parameter.terms([values[parameter.name]]))
    assert [token.text for token in tokens(replaced)] == [token.text for token in tokens(bound)]
    assert replaced == bound


@pytest.mark.parametrize("query", some(QUERIES.values(), of=4), ids=name)
def test_a_file_is_sparql_with_grlcs_own_terms_in_it(query: SavedQuery) -> None:
    text = query.text
    for parameter in query.parameters:
        text = text.replace(f"?{parameter.variable}", _as_grlc_writes(parameter))
    assert parsed(text)


def _as_grlc_writes(parameter: Parameter) -> str:
    """What stands in the query then: an IRI, a typed number, else a text, perhaps of a "language"."""
    value = parameter.default or VALUES[parameter.type]
    match = VARIABLE.fullmatch(f"?{parameter.variable}")
    assert match is not None
    if match["type"] == "iri":
        return f"<{value}>"
    if match["type"] == "integer":
        return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    return f'"{value}"@{match["lang"]}' if match["lang"] else f'"{value}"'


@pytest.fixture(scope="module")
def grlc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """grlc's own module; it reads a `config.ini` in the working directory and warns of much."""
    pytest.importorskip("grlc", reason="grlc is not installed")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.chdir(tmp_path_factory.mktemp("grlc"))
        yield importlib.import_module("grlc.gquery")


def test_grlc_itself_reads_every_file(grlc: ModuleType) -> None:
    for query in QUERIES.values():
        metadata = grlc.get_metadata(query.text, "http://localhost/sparql")
        assert metadata["summary"] == query.summary
        assert metadata["type"] == f"{query.form.capitalize()}Query"
        if query.form in ("SELECT", "CONSTRUCT"):
            assert metadata["parameters"].keys() == {parameter.name for parameter in query.parameters}


OF_OTHERS = """#+ summary_ar: من؟
#+ method: get
#+ defaults:
#+   - day: 2011-11-21
#+   - name: Accra
#+ enumerate:
#+   - size: [1, 2]
#title: Who?
#defaultView:BarChart
SELECT * { ?s ?p ?_day_xsd_date , ?_name_en , ?_size_number , ?_word_literal , ?__end_xsd_boolean }
"""


def test_headers_and_names_as_users_of_grlc_and_wikidata_write_them_are_read(tmp_path: Path) -> None:
    path = tmp_path / "others.rq"
    path.write_text(OF_OTHERS, encoding="utf-8")
    query = read_saved_query(path)

    assert (query.summary, query.view) == ("Who?", "bar")
    bound = query.bind({"size": "2", "word": "text", "end": "true"})
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert f'"2011-11-21"^^<{xsd}date> , "Accra"@en , "2"^^<{xsd}integer> , "text" , "true"' in bound
    with pytest.raises(WrongParameter, match="size is '3'; it must be one of 1, 2"):
        query.bind({"size": "3"})

"""What the tests of the saved queries' addresses share: the queries, and short ways to ask for them."""

import csv
import io
import json
from pathlib import Path

import httpx

from loader.inputs import PROJECT
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_queries
from loader.release.namespaces import BUILT_IN
from server.tables.table import Table, read_table
from tests.server.servers import Server

SAVED = read_saved_queries(PROJECT / "queries")
# Those that a build can answer: others ask data sets that are loaded.
QUERIES = {name: query for name, query in SAVED.items() if {*query.datasets} <= {*BUILT_IN}}
SELECTS = [query for query in QUERIES.values() if query.form == "SELECT"]
PLAIN = Path(__file__).parent / "plain"
FORMATS = {
    "SELECT": ("json", "csv", "tsv", "xml", "xlsx", "html"),
    "ASK": ("json", "csv", "tsv", "xml", "xlsx", "html"),
    "CONSTRUCT": ("ttl", "nt", "jsonld", "rdf", "trig", "nq"),
}


def name(query: SavedQuery) -> str:
    """The name of a query in the names of tests."""
    return query.name


def run(server: Server, query: str, suffix: str = "", **parameters: str) -> httpx.Response:
    """The answer of a saved query, whatever its status."""
    address = f"/queries/{query}/run" + (f".{suffix}" if suffix else "")
    return server.http.get(address, params=parameters)


def table(server: Server, query: str, **parameters: str) -> Table:
    """The rows of a saved query by way of JSON."""
    response = run(server, query, "json", **parameters)
    assert response.status_code == 200, response.text
    return read_table(response.content)


def csv_rows(response: httpx.Response) -> list[list[str]]:
    """The cells of a CSV answer, its header first."""
    assert response.status_code == 200, response.text
    return list(csv.reader(io.StringIO(response.content.decode(), newline="")))


def problem(response: httpx.Response) -> dict[str, object]:
    """The members of a problem."""
    assert response.headers["Content-Type"] == "application/problem+json"
    found = json.loads(response.content)
    assert isinstance(found, dict) and found["status"] == response.status_code
    return found

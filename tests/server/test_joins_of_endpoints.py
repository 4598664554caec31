"""One query over our endpoint and a native Oxigraph has the rows of both together, whoever asks it.

Our server asks the other by SERVICE, the other asks ours, and Comunica asks both.
"""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from loader.release.namespaces import graph_iri
from tests.cases import some
from tests.server.servers import COMMAND, Server, Start, until
from tests.server.test_clients_of_other_languages import PROGRAMS, needs, printed

PREFIXES = """
PREFIX unm: <https://w3id.org/un-missions/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ex: <https://example.org/>
"""
M49 = graph_iri("dataset/m49")
YEARS = range(2000, 2020)
# The variables of a join, what we know, and what the other endpoint does, by how much of both it needs.
JOINS = {
    "few things of ours with few of theirs": (
        "country value",
        "?mission a unm:Mission ; unm:country ?country . ?country unm:m49 ?code .",
        '?seen ex:area ?code ; ex:year "2012" ; ex:value ?value .',
    ),
    "few things of ours with many of theirs": (
        "mission seen value",
        "?mission a unm:Mission ; unm:country/unm:m49 ?code .",
        "?seen ex:area ?code ; ex:value ?value .",
    ),
    "many things of ours with many of theirs": (
        "name seen value",
        "?area skos:notation ?code ; skos:prefLabel ?name .",
        "?seen ex:area ?code ; ex:value ?value .",
    ),
}
Row = tuple[str, ...]


@pytest.fixture(scope="module")
def observations(view: ox.Store) -> str:
    """What the other endpoint holds, in N-Triples: a value for every code of M49 in each of twenty years."""
    codes = view.query(
        f"{PREFIXES} SELECT DISTINCT ?code {{ GRAPH <{M49}> {{ ?area skos:notation ?code }} }}"
    )
    assert isinstance(codes, ox.QuerySolutions)
    return "".join(_observation(row["code"].value, year) for row in codes for year in YEARS)


def _observation(code: str, year: int) -> str:
    facts = {"area": code, "year": str(year), "value": str(year * 7919 % 997)}
    subject = f"<https://example.org/observation/{code}-{year}>"
    return "".join(f'{subject} <https://example.org/{name}> "{value}" .\n' for name, value in facts.items())


@pytest.fixture(scope="module")
def native(observations: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a native Oxigraph server that holds the observations."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    log = (tmp_path_factory.mktemp("native") / "log").open("wb")
    command = [str(COMMAND.with_name("oxigraph")), "serve", "--bind", place]
    with log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            assert until(lambda: _is_filled(f"http://{place}/store?default", observations))
            yield f"http://{place}/query"
        finally:
            process.terminate()


def _is_filled(address: str, triples: str) -> bool:
    headers = {"Content-Type": "application/n-triples"}
    try:
        httpx.put(address, content=triples, headers=headers, trust_env=False).raise_for_status()
    except httpx.TransportError:
        return False
    return True


@pytest.fixture(scope="module")
def ours(start: Start, store: Path, native: str) -> Iterator[Server]:
    """A server of the project's data whose queries may ask the native one."""
    with start("--services", native, store=store, token="") as server:
        yield server


@pytest.fixture(scope="module")
def together(view: ox.Store, observations: str) -> ox.Store:
    """One store with what both endpoints hold."""
    store = ox.Store()
    store.extend(view.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    store.load(observations.encode(), ox.RdfFormat.N_TRIPLES)
    return store


def _expected(store: ox.Store, join: str) -> list[Row]:
    names, of_ours, of_theirs = JOINS[join]
    found = store.query(_asking(names, of_ours, of_theirs))
    assert isinstance(found, ox.QuerySolutions)
    rows = sorted(tuple(row[name].value for name in names.split()) for row in found)
    assert len(rows) >= len(YEARS) // 2
    return rows


def _asking(names: str, here: str, there: str) -> str:
    return f"{PREFIXES} SELECT {' '.join(f'?{name}' for name in names.split())} {{ {here} {there} }}"


def _rows(endpoint: str, query: str) -> list[Row]:
    """The rows of an endpoint: without tabs and line ends in values, TSV is split by them."""
    headers = {"Accept": "text/tab-separated-values"}
    answer = httpx.post(endpoint, data={"query": query}, headers=headers, timeout=60, trust_env=False)
    assert answer.status_code == 200, answer.text
    lines = answer.text.splitlines()[1:]
    return sorted(tuple(_value(term) for term in line.split("\t")) for line in lines)


def _value(term: str) -> str:
    return term.strip("<>") if term.startswith("<") else term.rpartition('"')[0].removeprefix('"')


@pytest.mark.parametrize("join", JOINS)
def test_our_server_joins_its_own_with_what_the_other_says(
    ours: Server, native: str, together: ox.Store, join: str
) -> None:
    names, of_ours, of_theirs = JOINS[join]
    query = _asking(names, of_ours, f"SERVICE <{native}> {{ {of_theirs} }}")

    assert _rows(f"{ours.url}/sparql", query) == _expected(together, join)


@pytest.mark.parametrize("join", JOINS)
def test_the_other_server_joins_its_own_with_what_ours_says(
    ours: Server, native: str, together: ox.Store, join: str
) -> None:
    names, of_ours, of_theirs = JOINS[join]
    query = _asking(names, of_theirs, f"SERVICE <{ours.url}/sparql> {{ {of_ours} }}")

    assert _rows(native, query) == _expected(together, join)


@pytest.mark.client
@needs(
    "Comunica (npm: @comunica/query-sparql, with Node.js 22)",
    "node",
    "-e",
    "require('@comunica/query-sparql')",
)
@pytest.mark.parametrize("join", some(JOINS))
def test_comunica_joins_both(ours: Server, native: str, together: ox.Store, join: str) -> None:
    names, of_ours, of_theirs = JOINS[join]
    query = _asking(names, of_ours, of_theirs)

    lines = printed("node", PROGRAMS / "join.cjs", names, query, f"{ours.url}/sparql", native)
    assert sorted(tuple(line.split("\t")) for line in lines) == _expected(together, join)

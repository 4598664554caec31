"""What others say of our things changes no saved query, while the endpoint sees it."""

import io
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from loader.release.namespaces import BASE, ONTOLOGY
from server.app import create_app
from server.engine.edit import Edit
from server.engine.local.engine import LocalEngine
from server.settings import Settings

OUTSIDE = f"""
<{BASE}mission/2011-berlin> <{ONTOLOGY}envoy> <{BASE}person/adama-dieng> .
<{BASE}person/adama-dieng> <http://www.w3.org/2000/01/rdf-schema#label> "somebody else"@en .
<{BASE}institution/ecowas> <http://www.w3.org/2000/01/rdf-schema#label> "something else"@en .
"""
COUNTED = 'SELECT (COUNT(*) AS ?n) { ?thing ?property ?value FILTER (STRENDS(STR(?value), " else")) }'


@pytest.fixture(scope="module")
def clients(store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, FlaskClient]:
    """One of the shipped data, one of these with three triples of others."""
    beside = Path(shutil.copytree(store, tmp_path_factory.mktemp("beside") / "store", symlinks=True))
    edit = Edit(do="post", graph="http://example.org/outside", parts=[("application/n-triples", -1)])
    LocalEngine(beside).write(edit, io.BytesIO(OUTSIDE.encode()))
    alone, together = (
        create_app(LocalEngine(path), Settings(store=path), is_writable=False).test_client()
        for path in (store, beside)
    )
    return alone, together


def rows(client: FlaskClient, address: str, **parameters: str) -> list[str]:
    answer = client.get(address, query_string=parameters, headers={"Accept": "text/csv"})
    return sorted(answer.get_data(as_text=True).splitlines())


def test_three_triples_from_outside_about_our_things_change_no_saved_query(
    clients: tuple[FlaskClient, FlaskClient], store: Path
) -> None:
    alone, together = clients
    changed = []
    for name, query in LocalEngine(store).snapshot().queries.items():
        if query.form == "SELECT":
            address = f"/queries/{name}/run.csv"
            changed += [] if rows(alone, address) == rows(together, address) else [name]

    assert changed == ["graphs-in-the-store"]  # which asks for just that


def test_the_same_text_at_the_endpoint_sees_what_others_say(
    clients: tuple[FlaskClient, FlaskClient], store: Path
) -> None:
    alone, together = clients
    text = LocalEngine(store).snapshot().queries["missions-by-envoy"].bind({})

    assert rows(alone, "/sparql", query=text) != rows(together, "/sparql", query=text)
    assert rows(together, "/sparql", query=COUNTED) == ["2", "n"]

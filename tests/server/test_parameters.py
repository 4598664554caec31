"""What may be given once is given once at every address."""

from pathlib import Path

import pytest

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.http.parameters import NAME
from server.settings import Settings
from tests.queries.asking import problem
from tests.server.servers import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ADDRESSES = [
    "/", "/missions", "/search", "/search.json", "/ontology", "/ontology.ttl", "/openapi.json",
    "/.well-known/void",
    "/queries", "/queries.ttl", "/queries/who-met-whom", "/queries/who-met-whom.rq",
    "/queries/who-met-whom/run", "/queries/who-met-whom/run.csv", "/queries/who-met-whom/changes.atom",
    "/mission/2012-abuja", "/mission/2012-abuja.ttl", "/role", "/graph/derived", "/resource?iri=urn:x",
    "/sources", "/sources/key-missions-ar", "/sources/key-missions-ar.txt",
    "/sparql", "/sparql?query=ASK%7B%7D", "/sparql/words.json",
    "/sparql/values.json?property=urn:x",
]  # fmt: skip


@pytest.mark.parametrize("accept", [BROWSER, "*/*"])
@pytest.mark.parametrize(
    "twice",
    ["release=1&release=2", "lang=ar&lang=en", "format=ttl&format=nt", "format=ttl&format=csv&output=ttl"],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_every_address_understands_is_given_once(
    server: Server, address: str, twice: str, accept: str
) -> None:
    asked = f"{address}{'&' if '?' in address else '?'}{twice}"
    answer = server.http.get(asked, headers={"Accept": accept})
    assert answer.status_code == 400
    name = twice.partition("=")[0]
    assert name in answer.text
    assert "times; give it once." in answer.text or "ولا يجوز إلا مرة واحدة" in answer.text


@pytest.mark.parametrize("field", ["release", "format", "timeout", "explain"])
def test_what_a_form_may_say_once_is_said_once(server: Server, field: str) -> None:
    answer = server.http.post("/sparql", data={"query": "ASK {}", field: ["1", "2"]})
    assert f"{field} is given 2 times; give it once." in str(problem(answer)["detail"])


def test_the_thing_to_show_is_named_once(server: Server) -> None:
    answer = server.http.get("/resource?iri=urn:x&iri=urn:y")
    assert problem(answer)["detail"] == "iri is given 2 times; give it once."


@pytest.mark.parametrize(
    "address", ["/", "/mission/2012-abuja", "/ontology", "/sources", "/.well-known/void"]
)
def test_an_address_that_is_not_utf8_is_the_mistake_of_who_asks(server: Server, address: str) -> None:
    answer = server.http.get(f"{address}?lang=%FF")
    assert problem(answer)["detail"] == "The query string is not UTF-8."


def test_every_address_says_which_parameters_it_reads(store: Path) -> None:
    """One that does not would take any, and heed none of them."""
    app = create_app(LocalEngine(store), Settings(store=store))
    addresses = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert addresses <= set(app.extensions[NAME])


@pytest.mark.parametrize(
    "address", ["/mission/2011-rome?page=2", "/resource?iri=urn:x&page=2", "/metrics?name[]=x"]
)
def test_an_address_takes_no_parameter_that_it_does_not_read(server: Server, address: str) -> None:
    assert "is not a parameter of this address" in str(problem(server.http.get(address))["detail"])

"""Language models get the same answers as everybody, in portions, each fact with its words, as tools."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases import some
from tests.server.servers import COMMAND, Server, Start, until

# Imported where it is used: it takes seconds, and every process of a run reads this file.
if TYPE_CHECKING:
    from mcp import Client

MOST_BYTES = 24_000
WAYS = ("stdio", "http")
TOOLS = {
    "list_saved_queries",
    "run_saved_query",
    "search",
    "describe",
    "reconcile",
    "run_sparql",
    "explain_empty",
}


@pytest.fixture(scope="module")
def with_mcp(store: Path, start: Start) -> Iterator[Server]:
    """A server with the tools switched on."""
    pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
    with start("--mcp", "true", store=store, token="") as running:
        yield running


def client(server: Server, way: str) -> "Client":
    from mcp import Client, StdioServerParameters

    if way == "http":
        return Client(f"{server.url}/mcp")
    return Client(StdioServerParameters(command=str(COMMAND), args=["mcp", "--server", server.url]))


def call(server: Server, way: str, tool: str, **arguments: Any) -> tuple[bool, str]:
    """Whether a tool failed, and what it said."""

    async def run() -> tuple[bool, str]:
        async with client(server, way) as connected:
            result = await connected.call_tool(tool, arguments)
            (content,) = result.content
            assert content.type == "text"
            return bool(result.is_error), content.text

    return asyncio.run(run())


def answer(server: Server, tool: str, way: str = "http", **arguments: Any) -> dict[str, Any]:
    failed, text = call(server, way, tool, **arguments)
    assert not failed, text
    assert len(text.encode()) <= MOST_BYTES
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_all_tools_are_there_and_only_read(with_mcp: Server, way: str) -> None:
    async def run() -> dict[str, bool | None]:
        async with client(with_mcp, way) as connected:
            tools = (await connected.list_tools()).tools
            hints = {tool.name: tool.annotations for tool in tools}
            return {name: hint.read_only_hint if hint else None for name, hint in hints.items()}

    assert asyncio.run(run()) == dict.fromkeys(TOOLS, True)


@pytest.mark.parametrize("way", some(["http", "stdio"]))
def test_a_saved_query_is_found_and_run_with_its_evidence(with_mcp: Server, way: str) -> None:
    listed = answer(with_mcp, "list_saved_queries", way)
    names = [one["name"] for one in listed["items"]]
    found = answer(
        with_mcp, "run_saved_query", way, name="missions-by-year", parameters={"lang": "en"}, evidence=True
    )

    assert "missions-of-an-envoy" in names and listed["total"] >= len(names) > 20
    assert found["total"] == len(found["items"]) > 1
    assert found["release"] == with_mcp.http.get("/missions").headers["UN-Missions-Release"]


@pytest.mark.matrix
def test_a_long_result_is_cut_and_gone_on_with_until_its_end(with_mcp: Server) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 300"
    seen: list[object] = []
    first = part = answer(with_mcp, "run_sparql", query=text)
    while part["truncated"]:
        seen += part["items"]
        part = answer(with_mcp, "run_sparql", query=text, offset=part["next_offset"], release=part["release"])
    seen += part["items"]

    assert first["truncated"] and first["total"] == len(seen) == 300
    assert "next_offset" not in part


def test_a_thing_is_described_with_the_words_of_the_source(with_mcp: Server) -> None:
    told = json.dumps(answer(with_mcp, "describe", id="mission/2012-abuja"), ensure_ascii=False)

    assert "البعثة الموفدة إلى أبوجا" in told and "place/abuja" in told


def test_names_are_searched_and_reconciled(with_mcp: Server) -> None:
    hits = answer(with_mcp, "search", words="ابوجا")["items"]
    (deng,) = answer(with_mcp, "reconcile", names=["دينغ"], type="person", date="2011")["items"]

    assert "https://w3id.org/un-missions/place/abuja" in [hit["iri"] for hit in hits]
    assert [one["id"] for one in deng["candidates"] if one["match"]] == ["person/francis-deng"]


def test_an_empty_result_is_explained(with_mcp: Server) -> None:
    told = answer(with_mcp, "explain_empty", query="SELECT * { ?s <urn:unknown> ?o }")

    assert told["rows"] == 0 and "urn:unknown" in json.dumps(told)


@pytest.mark.parametrize("way", some(["http", "stdio"]))
def test_a_mistake_reaches_the_model_in_the_words_of_the_server_with_its_place(
    with_mcp: Server, way: str
) -> None:
    wrong = "SELECT * {\n ?s ?p }"
    failed, text = call(with_mcp, way, "run_sparql", query=wrong)
    problem = with_mcp.ask(wrong).json()
    _, unknown = call(with_mcp, way, "run_saved_query", name="mission-by-year")

    assert failed
    assert f"{problem['title']}: {problem['detail']} (line 2, column {problem['column']})" in text
    assert "There is no saved query 'mission-by-year'" in unknown


def test_the_resources_tell_of_terms_limits_and_data_sets(with_mcp: Server) -> None:
    async def run() -> dict[str, str]:
        async with client(with_mcp, "http") as connected:
            found = {}
            for resource in (await connected.list_resources()).resources:
                (content,) = (await connected.read_resource(resource.uri)).contents
                found[str(resource.uri)] = getattr(content, "text")  # noqa: B009 - one of two kinds has it
            return found

    found = asyncio.run(run())
    assert "ontology#Mission (mission): " in found["unmissions://ontology"]
    assert "queryTimeout" in found["unmissions://limits"]
    assert "dataset/un-missions" in found["unmissions://data-sets"]


def test_a_host_that_is_not_this_server_is_refused(with_mcp: Server) -> None:
    answer = with_mcp.http.post("/mcp", json={}, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 421


def test_without_the_setting_there_is_nothing(server: Server) -> None:
    assert server.http.get("/mcp").status_code == 404


def test_its_requests_stand_in_the_log_like_all_others(with_mcp: Server) -> None:
    answered = with_mcp.http.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"})
    request_id = answered.headers["x-request-id"]

    assert until(
        lambda: f'"id": "{request_id}", "method": "POST", "path": "/mcp"' in with_mcp.log.read_text()
    )

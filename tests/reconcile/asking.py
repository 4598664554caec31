"""Asks the reconciliation service as OpenRefine does: batches of queries in a form."""

import json
from typing import Any

import httpx

from tests.server.servers import Server

Query = dict[str, Any]


def post(server: Server, queries: object, **headers: str) -> httpx.Response:
    """A batch, sent as it is the normal way."""
    text = queries if isinstance(queries, str) else json.dumps(queries)
    return server.http.post("/reconcile", data={"queries": text}, headers=headers)


def query(text: str, type_: str = "", **properties: object) -> Query:
    """One query, of a type where one is given; a `_` in the name of a property stands for `-`."""
    asked = [{"pid": pid.replace("_", "-"), "v": value} for pid, value in properties.items()]
    return {"query": text, **({"type": type_} if type_ else {}), **({"properties": asked} if asked else {})}


def candidates(server: Server, text: str, type_: str = "", **properties: object) -> list[dict[str, Any]]:
    """The candidates for one query."""
    answer = post(server, {"q0": query(text, type_, **properties)})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["q0"]["result"]
    return found


def matched(server: Server, text: str, type_: str = "", **properties: object) -> str:
    """The id of what is matched without asking back, or an empty string."""
    found = candidates(server, text, type_, **properties)
    return next((one["id"] for one in found if one["match"]), "")

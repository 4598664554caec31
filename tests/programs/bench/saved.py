"""The saved queries at their addresses, beside their plain forms on the native server."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_queries
from loader.release.namespaces import BUILT_IN

from .connection import request
from .figures import Figure
from .questions import ACCEPT, NUMBERS, query_request
from .rounds import MILLISECONDS, PROCESSOR, Cost, Plan, ask_all, interleaved
from .servers import OURS, OurServer, Server

REQUESTS = 20
ROOT = Path(__file__).parents[3]
PLAIN = ROOT / "tests" / "queries" / "plain"


def ask_saved(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """All that are SELECT and ask what is built in, with their defaults; of each the best of its rounds."""
    saved = askable()
    for when, again in (("first answer", False), ("again", True)):
        costs = [_best(query, again, servers, plan) for query in saved]
        yield from _figures(f"{len(saved)} saved queries, {when}", costs)


def askable() -> list[SavedQuery]:
    """The saved queries that are SELECT and ask nothing that must be loaded."""
    queries = read_saved_queries(ROOT / "queries").values()
    return [query for query in queries if query.form == "SELECT" and {*BUILT_IN}.issuperset(query.datasets)]


def _best(query: SavedQuery, again: bool, servers: list[Server], plan: Plan) -> dict[str, Cost]:
    work = partial(ask_one, query, again, plan.requests(REQUESTS))
    found = interleaved(servers, plan.rounds, work)
    return {
        name: Cost(min(cost.clock for cost in each), min(cost.processor for cost in each))
        for name, each in found.items()
    }


def _figures(what: str, costs: list[dict[str, Cost]]) -> Iterator[Figure]:
    """The costs of all queries, and how many of them were answered at least as soon as by another server."""
    names = list(costs[0])
    yield Figure(what, PROCESSOR, {name: [cost[name].processor for cost in costs] for name in names})
    yield Figure(what, MILLISECONDS, {name: [cost[name].clock for cost in costs] for name in names})
    not_slower = {
        name: [float(sum(cost[OURS].clock <= cost[name].clock for cost in costs))] for name in names[1:]
    }
    yield Figure(what, "queries in which ours is no slower", not_slower)


def ask_one(query: SavedQuery, again: bool, number: int, server: Server) -> Cost:
    """Ours is asked for the very same each time where it is to answer `again`, else never twice alike."""
    if not isinstance(server, OurServer):
        text = _plain(query)
        return ask_all(server, [query_request(server, f"{text}\n#{next(NUMBERS)}") for _ in range(number)])
    address = f"/queries/{query.name}/run.tsv"
    ends = ["" if again else f"?timeout=30.{next(NUMBERS)}" for _ in range(number)]
    return ask_all(server, [request("GET", address + end, ACCEPT) for end in ends])


def _plain(query: SavedQuery) -> str:
    """The query with its defaults, as it would be written without a thought for speed."""
    file = PLAIN / f"{query.name}.rq"
    if not file.exists():
        return query.bind({})
    return replace(query, text=file.read_text(encoding="utf-8")).bind({})

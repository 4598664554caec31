"""Our pages, which the native server has none of: new each time, from one client and from eight."""

from collections.abc import Iterator
from functools import partial

from .clients import under_load
from .connection import request
from .figures import Figure
from .questions import NUMBERS
from .rounds import Cost, Plan, ask_all, figures_of, interleaved
from .servers import Server

REQUESTS = 20
HEADERS = {"Accept": "text/html", "Accept-Encoding": "identity"}
PAGES = {
    "home": "/",
    "a mission": "/mission/2012-abuja",
    "a person": "/person/adama-dieng",
    "a post": "/post/special-adviser-prevention-of-genocide",
    "a list": "/meetings",
    "the ontology": "/ontology",
    "the source": "/sources/key-missions-ar",
    "a saved query": "/queries/who-met-whom",
}
UNDER_LOAD = ("home", "a person", "a post")


def ask_pages(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    ours = servers[:1]
    for name, path in PAGES.items():
        work = partial(_ask, path, plan.requests(REQUESTS))
        yield from figures_of(f"page: {name}", interleaved(ours, plan.rounds, work))
    for name in UNDER_LOAD:
        yield from under_load(f"page: {name}", ours, plan, partial(_endless, PAGES[name]))


def page_request(path: str) -> bytes:
    """A page that is in no cache: its address, with a parameter that is passed over, was never asked for."""
    return request("GET", f"{path}?utm_campaign={next(NUMBERS)}", HEADERS)


def _ask(path: str, number: int, server: Server) -> Cost:
    return ask_all(server, [page_request(path) for _ in range(number)])


def _endless(path: str, _: Server) -> Iterator[bytes]:
    while True:
        yield page_request(path)

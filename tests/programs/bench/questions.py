"""The questions: look-up, join and dearer ones; new, from the cache, as 304, from eight clients."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from .clients import under_load
from .connection import request
from .figures import Figure
from .rounds import Cost, Plan, ask_all, ask_once, figures_of, interleaved
from .servers import Server

ACCEPT = {"Accept": "text/tab-separated-values", "Accept-Encoding": "identity"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LONGEST_IN_ADDRESS = 1000
PEOPLE, MEETINGS = 5000, 100_000
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Question:
    """A query with places for numbers, and what is measured with it."""

    name: str
    text: str
    requests: int
    again: str = ""
    conditional: str = ""
    clients: bool = False


def questions(size: str) -> list[Question]:
    tables = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
    text = "small" if size == "small" else "large"
    measured = ("again", "conditional", "clients")
    return [
        Question(
            name, table[text], table["requests"], **{key: table[key] for key in measured if key in table}
        )
        for name, table in tables.items()
    ]


def ask_questions(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """Each question new each time; then what is asked again, and what the client has already."""
    for question in questions(plan.size):
        number = plan.requests(question.requests)
        new = partial(_ask, question, number)
        yield from figures_of(question.name, interleaved(servers, plan.rounds, new))
        if question.again:
            same = partial(_ask_again, question, number, "")
            yield from figures_of(question.again, interleaved(servers, plan.rounds, same))
        if question.conditional:
            had = partial(_ask_for_what_it_has, question, number)
            yield from figures_of(question.conditional, interleaved(servers, plan.rounds, had))


def ask_from_many(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """Eight clients at once, each with new questions."""
    for question in questions(plan.size):
        if question.clients:
            yield from under_load(question.name, servers, plan, partial(_endless, question))


def query_request(server: Server, query: str, headers: dict[str, str] = ACCEPT) -> bytes:
    """A GET, or a POST for a query that would not fit into an address everywhere."""
    address = server.addresses["query"]
    if len(query) > LONGEST_IN_ADDRESS:
        return request("POST", address, {**headers, **FORM}, urlencode({"query": query}).encode())
    return request("GET", f"{address}?query={quote(query, safe='')}", headers)


def _numbered(text: str, number: int) -> str:
    text = text.replace("{person}", str(number % PEOPLE)).replace("{meeting}", str(number % MEETINGS))
    return text.replace("{n}", str(number))


def _ask(question: Question, number: int, server: Server) -> Cost:
    return ask_all(
        server, [query_request(server, _numbered(question.text, next(NUMBERS))) for _ in range(number)]
    )


def _ask_again(question: Question, number: int, tag: str, server: Server) -> Cost:
    headers = {**ACCEPT, "If-None-Match": tag} if tag else ACCEPT
    return ask_all(server, [query_request(server, _numbered(question.text, 7), headers)] * number)


def _ask_for_what_it_has(question: Question, number: int, server: Server) -> Cost:
    """With the tag of an answer, where the server gives one."""
    tag = ask_once(server, query_request(server, _numbered(question.text, 7))).tag
    return _ask_again(question, number, tag, server)


def _endless(question: Question, server: Server) -> Iterator[bytes]:
    """Requests without end, made of one that is written once."""
    marked = question.text
    for place in ("person", "meeting", "n"):
        marked = marked.replace(f"{{{place}}}", f"--{place}--")
    content = query_request(server, marked)
    for number in NUMBERS:
        made = content.replace(b"--n--", b"%d" % number)
        yield made.replace(b"--person--", b"%d" % (number % PEOPLE)).replace(
            b"--meeting--", b"%d" % (number % MEETINGS)
        )

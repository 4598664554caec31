"""What pages say whose data are in another engine, and how long they take, beside those of data here."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from server.app import create_app
from server.engine.interface import Engine
from server.engine.local.engine import LocalEngine
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.engine import RemoteEngine
from server.settings import Settings
from tests.pages.addresses import KINDS, Kind

TIMES = 9
AS_A_BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a page takes more, in seconds, and how many queries it asks there.

    `is_same` is whether it answers with the status and the words that it has where the data are here.
    """

    kind: Kind
    status: int
    is_same: bool
    more: float
    queries: float

    @property
    def of_each_query(self) -> float:
        return self.more / max(1.0, self.queries)


def costs(store: Path, control: Path, endpoint: str) -> list[Cost]:
    """Of one page of each kind, the dearest first; the best of several times, once it was looked at."""
    there = RemoteEngine(control, RemoteEndpoint(url=endpoint))
    ours, theirs = _client(LocalEngine(store)), _client(there)
    found = []
    for kind in KINDS:
        seen = _seen(theirs, kind)
        status, is_same = seen[0], seen == _seen(ours, kind)
        before = there.outcomes().get("answered", 0)
        pairs = [(_seconds(theirs, kind), _seconds(ours, kind)) for _ in range(TIMES)]
        more = min(one for one, _ in pairs) - min(other for _, other in pairs)
        queries = (there.outcomes().get("answered", 0) - before) / TIMES
        found.append(Cost(kind=kind, status=status, is_same=is_same, more=more, queries=queries))
    return sorted(found, key=lambda cost: -cost.more)


def _client(engine: Engine) -> FlaskClient:
    return create_app(engine, Settings()).test_client()


def _seen(client: FlaskClient, kind: Kind) -> tuple[int, str]:
    """The status and the words of a page, but for how long it took."""
    answer = client.get(kind.address, headers=AS_A_BROWSER)
    words = " ".join(node.text() for node in LexborHTMLParser(answer.text).css("main"))
    return answer.status_code, re.sub(r"\d+ ms", "", " ".join(words.split()))


def _seconds(client: FlaskClient, kind: Kind) -> float:
    began = time.perf_counter()
    client.get(kind.address, headers=AS_A_BROWSER)
    return time.perf_counter() - began

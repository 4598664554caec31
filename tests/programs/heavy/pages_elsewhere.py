"""How long pages take whose data are in another engine, beside the same pages with the data here."""

import time
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from server.app import create_app
from server.engine.interface import Engine
from server.engine.local.engine import LocalEngine
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.engine import RemoteEngine
from server.settings import Settings
from tests.pages.addresses import KINDS, Kind

TIMES = 5
AS_A_BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a page takes more, in seconds, how many queries it asks there, and the status of its answer."""

    kind: Kind
    status: int
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
        status = theirs.get(kind.address, headers=AS_A_BROWSER).status_code
        before = there.outcomes().get("answered", 0)
        pairs = [(_seconds(theirs, kind), _seconds(ours, kind)) for _ in range(TIMES)]
        more = min(one for one, _ in pairs) - min(other for _, other in pairs)
        queries = (there.outcomes().get("answered", 0) - before) / TIMES
        found.append(Cost(kind=kind, status=status, more=more, queries=queries))
    return sorted(found, key=lambda cost: -cost.more)


def _client(engine: Engine) -> FlaskClient:
    return create_app(engine, Settings()).test_client()


def _seconds(client: FlaskClient, kind: Kind) -> float:
    began = time.perf_counter()
    client.get(kind.address, headers=AS_A_BROWSER)
    return time.perf_counter() - began

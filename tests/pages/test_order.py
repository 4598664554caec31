"""Pages and saved queries say the same words, in whatever order the engine comes upon the quads."""

import random
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from loader.inputs import PROJECT
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.cases import some
from tests.pages.addresses import KINDS
from tests.queries.page_reading import BROWSER

pytestmark = pytest.mark.slow

PAGES = [kind.address for kind in KINDS]
ROWS = [f"/queries/{path.stem}/run.csv" for path in sorted((PROJECT / "queries").glob("*.rq"))]
# What is another at each request: a secret of the form, and how long an answer took.
VARYING = re.compile(r'data-nonce="[^"]*"|[\d.]+ (ms|مللي ثانية)')


def in_memory(path: Path) -> ox.Store:
    """The quads of a store on the disk, brought into memory in another order."""
    quads = list(ox.Store.read_only(str(path)))
    random.Random(15).shuffle(quads)
    store = ox.Store()
    store.extend(quads)
    return store


@pytest.fixture(scope="module")
def clients(store: Path) -> tuple[FlaskClient, FlaskClient]:
    """One of the release on the disk, one that holds it in memory."""
    on_disk, held = LocalEngine(store), LocalEngine(store)
    release = held.snapshot()
    parts = [part for part in ("plain", "view", "own") if (release.files / part).exists()]
    held.pin(release, {part: in_memory(release.files / part) for part in parts})
    one, other = (create_app(engine, Settings(store=store)).test_client() for engine in (on_disk, held))
    return one, other


def words(client: FlaskClient, address: str, language: str) -> str:
    headers = {"Accept-Language": language, **({} if address in ROWS else {"Accept": BROWSER})}
    return VARYING.sub("", client.get(address, headers=headers).get_data(as_text=True))


@pytest.mark.parametrize("address", some([*PAGES, *ROWS], of=4))
def test_the_words_do_not_hang_on_the_order_of_the_quads(
    clients: tuple[FlaskClient, FlaskClient], address: str
) -> None:
    language = "ar" if len(address) % 2 else "en"
    on_disk, held = (words(client, address, language) for client in clients)
    assert on_disk
    assert held == on_disk

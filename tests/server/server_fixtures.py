"""The servers that the tests share."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.server.servers import DATA, TOKEN, Server, Start, publish, serving, until


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Starts a server with flags, on a store or on a small new one; a context manager.

    It answers from the disk, unless asked to hold the release: to look at every page once costs more than
    most tests ask.
    """

    def run(
        *flags: object, store: Path | None = None, token: str = TOKEN, in_memory: bool = False
    ) -> AbstractContextManager[Server]:
        flags = flags if in_memory or "--in-memory" in flags else ("--in-memory", 0, *flags)
        folder = tmp_path_factory.mktemp("server")
        if store is None:
            store = folder / "store"
            publish(store, DATA)
        return serving(store, folder / "log", *flags, token=token)

    return run


@pytest.fixture(scope="session")
def server(store: Path, start: Start) -> Iterator[Server]:
    """A server of the project's data where nobody may write.

    It holds them in memory: what has no order comes in another one from the disk, and tests compare bytes.
    """
    with start(store=store, token="", in_memory=True) as running:
        assert until(lambda: running.http.get("/health").json()["in_memory"])
        yield running


@pytest.fixture(scope="session")
def writable(start: Start) -> Iterator[Server]:
    """A server of a few triples where whoever bears the token may write."""
    with start() as running:
        yield running


@pytest.fixture
def graph() -> str:
    """The IRI of a graph that no other test writes to."""
    return uuid.uuid4().urn

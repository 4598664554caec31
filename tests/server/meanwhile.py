"""Asks the shell for an address three times; a release is published while the first is answered.

It says which release answered each time, and how many answers came from the cache. The release before is let
answer again after the first. A process of its own: no engine is meant to be opened in that of the tests.
"""

import asyncio
import sys
from pathlib import Path

import httpx
from server.engine.embedded.engine import EmbeddedEngine, EngineSettings
from server.http.cache import Cache
from server.http.requests import Requests

from loader.release.releases import Releases
from server.app import create_app
from server.front.shell import Shell
from server.settings import Settings
from tests.server.servers import publish


async def main(store: Path, address: str, accept: str) -> None:
    """Prints what the module says."""
    engine, cache, requests = EmbeddedEngine(store, EngineSettings()), Cache(1 << 20), Requests()
    releases = Releases(store)
    first = releases.all()[0]

    def release_id() -> str:
        """The release that answers when the request comes, and not any more when it is answered."""
        found = engine.snapshot().id
        if len(releases.all()) == 1:
            publish(store, "<urn:s> <urn:p> 1 .")
        return found

    app = create_app(engine, Settings(store=store), cache, requests)
    shell = Shell(app, cache, requests, release_id, lambda _: 1 << 20, engine.close)
    transport = httpx.ASGITransport(shell)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        for _ in range(3):
            response = await client.get(address, headers={"Accept": accept})
            print(response.status_code, response.headers["UN-Missions-Release"])
            with releases.locked():
                releases.point_to(first)
    print("hits", cache.hits)
    engine.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))

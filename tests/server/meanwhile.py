"""Asks the shell for an address three times; a release is published while the first is answered.

It says which release answered each time, and how many answers came from the cache. The release before is let
answer again after the first. A process of its own, for it starts others and ends them.
"""

import asyncio
import sys
from pathlib import Path

import httpx

from loader.release.releases import Releases
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.front.cache import Cache
from server.front.current import Current, WorkerSettings
from server.front.observed import AccessLog
from server.front.pool import Pool
from server.front.processes import Zygote
from server.front.requests import Requests
from server.front.shell import Parts, Shell
from server.front.traffic import Traffic
from server.settings import Settings
from tests.server.servers import publish


class Meanwhile(Current):
    """A release that answers when the request comes, and not any more when it is answered."""

    def __init__(self, store: Path) -> None:
        self.releases = Releases(store)
        zygote = Zygote.start(Settings(store=store).for_workers())
        super().__init__(Snapshots(self.releases), zygote, WorkerSettings())

    def pool(self) -> Pool:
        found = super().pool()
        if len(self.releases.all()) == 1:
            publish(self.releases.root, "<urn:s> <urn:p> 1 .")
        return found


async def main(store: Path, address: str, accept: str) -> None:
    """Prints what the module says."""
    current, cache = Meanwhile(store), Cache(1 << 20)
    first = current.releases.all()[0]
    shell = Shell(
        Parts(
            app=create_app(LocalEngine(store), Settings(store=store)),
            current=current,
            traffic=Traffic(4, 64, 120.0, 1 << 30),
            cache=cache,
            requests=Requests(),
            statistics=Statistics(),
            log=AccessLog(lambda _: False),
            body_limit=lambda _: 1 << 20,
            shut_down=lambda: None,
        )
    )
    transport = httpx.ASGITransport(shell)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        for _ in range(3):
            response = await client.get(address, headers={"Accept": accept})
            print(response.status_code, response.headers["UN-Missions-Release"])
            with current.releases.locked():
                current.releases.point_to(first)
    print("hits", cache.hits)
    current.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))

"""The saved queries at their addresses, beside their plain forms on another server."""

import statistics
from dataclasses import replace
from pathlib import Path

from loader.query.saved_query import SavedQuery, read_saved_queries
from loader.release.releases import Releases

from .measure import Asker, Request, compare, query_request
from .servers import Server

REQUESTS = 20
PLAIN = Path(__file__).parents[2] / "queries" / "plain"


class SavedAsker(Asker):
    """Asks our server for a saved query at its address, and another for the text of its plain form.

    Ours is asked for the very same each time where `again` is set, else for what it never answered before.
    """

    def __init__(self, query: SavedQuery, again: bool) -> None:
        super().__init__(_plain(query) + "\n#{n}", REQUESTS, conditional=False)
        self._name, self._again = query.name, again

    def request(self, server: Server, query: str, number: int) -> Request:
        if not server.url.endswith("/sparql"):
            return query_request(server.url, query)
        address = server.url.removesuffix("/sparql") + f"/queries/{self._name}/run.tsv"
        return {"method": "GET", "url": address, "params": {} if self._again else {"timeout": f"30.{number}"}}


def ask_saved(store: Path, ours: Server, others: list[Server], rounds: int) -> None:
    """Prints how each saved query with its defaults fares, at first and again, and a summary of all."""
    release = Releases(store).current()
    assert release is not None
    ratios: dict[str, list[float]] = {}
    for name, query in read_saved_queries(release.queries).items():
        for again in (False, True) if query.form == "SELECT" else ():
            for theirs in others:
                comparison = compare(name, SavedAsker(query, again), ours, theirs, rounds)
                when = "asked again" if again else "asked first"
                ratios.setdefault(f"{theirs.name}, {when}", []).append(comparison.wall_ratio)
                print(f"{when} {comparison.line()}", flush=True)
    for against, found in ratios.items():
        no_slower = sum(ratio <= 1 for ratio in found)
        median = statistics.median(found)
        print(f"{against}: {median:.2f}x wall at the median; {no_slower} of {len(found)} no slower")


def _plain(query: SavedQuery) -> str:
    """The query with its defaults, as it would be written without a thought for speed."""
    file = PLAIN / f"{query.name}.rq"
    if not file.exists():
        return query.bind({})
    return replace(query, text=file.read_text(encoding="utf-8")).bind({})

"""Answers from an engine elsewhere; releases, their queries and source texts lie here."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from loader.query.mistakes.mistake import Remark
from loader.release.releases import Releases
from server.engine.edit import ALL_GRAPHS, Edit
from server.engine.evaluation.answers import as_failures, no_graph
from server.engine.interface import Answer, Question, Solutions, Written
from server.engine.remote.asking import read_answer, write_answer
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.exchange import broken_off
from server.engine.remote.kept_dumps import kept_dump, write_all_graphs, write_kept
from server.engine.remote.placement import Placement
from server.engine.remote.release_names import UNNAMED
from server.engine.remote.sent_query import SentQuery, sent_query
from server.engine.snapshot import Snapshot
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.formats import JSON
from server.lru import Lru
from server.refusal import Refused

MOST_PLACED, MOST_SENT = 32, 64
HEALTH_SECONDS = 2.0
ANYTHING = "ASK {}"
WHOLE_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteEngine:
    """The engine behind an endpoint, as far as releases were published there; it writes nothing."""

    def __init__(self, store: Path, endpoint: RemoteEndpoint, default_graph: str = "union") -> None:
        self._endpoint, self._is_union = endpoint, default_graph == "union"
        self._snapshots = Snapshots(Releases(store))
        self._pinned: Snapshot | None = None
        self._placements: Lru[Placement] = Lru(MOST_PLACED)
        self._sent_last: Lru[SentQuery] = Lru(MOST_SENT)
        self._statistics = Statistics()

    def pin(self, snapshot: Snapshot, stores: Mapping[str, ox.Store]) -> None:
        """From now on this release answers, whatever is published; the stores are elsewhere."""
        self._pinned = snapshot

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id, number or date, the current one unless named. Raises Refused."""
        held = self._pinned
        if held and release in ("", held.id, str(held.number)):
            return held
        return self._snapshots.find(release) if release else self._snapshots.current()

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""
        return self._snapshots.all()

    def query(self, question: Question) -> Answer:
        """The result of a query. Raises Refused."""
        release = self.snapshot(question.release)
        placement = self.placement(release)

        def write(output: IO[bytes]) -> None:
            with self._statistics.counted("answered"), as_failures("query"):
                sent = self._sent(question, placement)
                _check_format(sent, question.format)
                write_answer(self._endpoint, placement, sent, question, output)

        def solve() -> Solutions | bool:
            with self._statistics.counted("answered"), as_failures("query"):
                sent = self._sent(question, placement)
                return read_answer(self._endpoint, placement, sent, question)

        return Answer(release.id, write, solve)

    def read_graph(self, graph: str, question: Question) -> Answer:
        """One graph as it was written. Raises Refused, `not-found` where there is none."""
        release = self.snapshot(question.release)
        placement = self.placement(release)

        def write(output: IO[bytes]) -> None:
            with self._statistics.counted("answered"), as_failures("query"):
                if graph == ALL_GRAPHS:
                    write_all_graphs(release.files, question.format, output)
                else:
                    sent = _of_graph(graph, placement)
                    write_answer(self._endpoint, placement, sent, question, output)

        return Answer(release.id, write)

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Never: what is published is written where it is made. Raises Refused."""
        raise read_only()

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release into a file, from what publishing left here. Raises Refused."""
        with as_failures("write"):
            write_kept(kept_dump(release.files, media_type), media_type, prefixes, file)

    def health(self) -> dict[str, object]:
        """The release that answers. Raises Refused where there is none, or the other engine is silent."""
        release = self.snapshot()
        self.ask(self.placement(release), HEALTH_SECONDS)
        return {"release": release.id, "in_memory": False, "own_in_memory": False, "engine": "remote"}

    def gauges(self) -> dict[str, float]:
        """How much there is."""
        release = self.snapshot()
        return {"release_number": release.number, "release_quads": release.manifest.quads}

    def outcomes(self) -> dict[str, int]:
        """How many queries and writes ended how."""
        return self._statistics.outcomes()

    def close(self) -> None:
        """There is nothing to end."""

    def placement(self, release: Snapshot) -> Placement:
        """Where a release stands in the other engine. Raises Refused where that is not known."""
        try:
            return self._placements.get(release.id, lambda: Placement.read(release.files))
        except (OSError, ValueError) as error:
            message = Remark("The data cannot be opened: %(damage)s.", {"damage": error})
            raise Refused("unavailable", message, retry_after=30) from None

    def _sent(self, question: Question, placement: Placement) -> SentQuery:
        """The query for the other engine; pages ask the same ones again. Raises as `sent_query`."""
        key = placement.names.release, replace(question, format="", timeout=0.0, release="")
        return self._sent_last.get(key, lambda: sent_query(question, placement, self._is_union))

    def ask(self, placement: Placement, seconds: float) -> None:
        """Looks whether the other engine answers. Raises Refused."""
        sent = SentQuery(text=ANYTHING, form="ASK", default=(placement.names.there(UNNAMED),), named=())
        question, output = Question(text=ANYTHING, format=JSON.media_type, timeout=seconds), io.BytesIO()
        write_answer(self._endpoint, placement, sent, question, output)
        if b"true" not in output.getvalue():
            raise broken_off("it does not know what is true")


def read_only() -> Refused:
    message = Remark(
        "The data of this server are in another engine, and are changed only where they are made."
    )
    return Refused("forbidden", message)


def _check_format(sent: SentQuery, media_type: str) -> None:
    """Raises ValueError where the format does not fit the result."""
    known = ox.RdfFormat if sent.is_graph else ox.QueryResultsFormat
    if known.from_media_type(media_type) is None:
        raise ValueError("This kind of result cannot be written in the format that was asked for.")


def _of_graph(graph: str, placement: Placement) -> SentQuery:
    """The query for all of one graph. Raises Refused where the release has none of this name."""
    if graph and graph not in placement.graphs:
        raise no_graph(graph)
    there = placement.names.there(graph or UNNAMED)
    return SentQuery(text=WHOLE_GRAPH, form="CONSTRUCT", default=(there,), named=())

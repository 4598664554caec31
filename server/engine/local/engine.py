"""Answers in this process: for the command line, for tests, and for whoever is disposable itself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from loader.query.tokens import tokens
from loader.release.release import OWN
from loader.release.releases import Releases
from loader.release.successor import succeed
from loader.release.view import own_graphs
from server.engine.edit import Edit
from server.engine.evaluation.answers import as_failures, as_graphs, read_result, write_graph, write_result
from server.engine.evaluation.edits import apply_edit
from server.engine.evaluation.packing import write_dump
from server.engine.evaluation.query_dataset import Graphs, Merged
from server.engine.evaluation.recorder import Recorder
from server.engine.interface import Answer, Question, Solutions, Written
from server.engine.snapshot import Snapshot
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.formats import N_QUADS
from server.lru import Lru

MOST_OPEN = 4
_GRAPH_WORDS = ("GRAPH", "FROM")
_MAY_NAME_GRAPHS = re.compile("graph|from", re.IGNORECASE)


class LocalEngine:
    """The engine of a store directory, without processes of its own.

    It protects nobody from a query that crashes or takes all memory: text from outside is asked here only in
    a process that may die of it. `alarm` is told how many seconds a query may take, and 0 when it is over.
    """

    def __init__(
        self,
        store: Path,
        default_graph: str = "union",
        alarm: Callable[[float], None] = lambda _: None,
        is_replica: bool = False,
    ) -> None:
        self._pinned: Snapshot | None = None
        self._held: dict[str, ox.Store] = {}
        self._alarm = alarm
        self._releases = Releases(store)
        self._snapshots = Snapshots(self._releases, is_replica)
        self._is_union = default_graph == "union"
        self._stores: Lru[ox.Store] = Lru(MOST_OPEN)
        self._statistics = Statistics()

    def pin(self, snapshot: Snapshot, stores: Mapping[str, ox.Store]) -> None:
        """From now on this release answers, whatever is published, from these of its stores where it can.

        They are called as on the disk; an `own` has nothing but our own graphs and their merge.
        """
        self._pinned = snapshot
        self._held.update(stores)

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id, number or date, the current one unless named. Raises Refused."""
        held = self._pinned
        if held and release in ("", held.id, str(held.number)):
            return held
        found = self._snapshots.find(release) if release else self._snapshots.current()
        return held if held and found.id == held.id else found

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""
        return self._snapshots.all()

    def query(self, question: Question) -> Answer:
        """The result of a query. Raises Refused."""
        release = self.snapshot(question.release)

        def write(output: IO[bytes]) -> None:
            with self._evaluating(question.timeout):
                write_result(*self._asked(release, question), question.format, output)

        def solve() -> Solutions | bool:
            with self._evaluating(question.timeout):
                return read_result(*self._asked(release, question))

        return Answer(release.id, write, solve)

    def read_graph(self, graph: str, question: Question) -> Answer:
        """One graph as it was written. Raises Refused, `not-found` where there is none."""
        release = self.snapshot(question.release)

        def write(output: IO[bytes]) -> None:
            with self._evaluating(question.timeout):
                write_graph(self._store(release, "plain"), graph, question.format, output)

        return Answer(release.id, write)

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Applies a write and publishes it. Raises Refused, and then nothing of it is there."""
        with (
            self._statistics.counted("written"),
            as_failures("write"),
            self._releases.locked(),
            succeed(self._releases) as successor,
        ):
            parent = successor.parent.id if successor.parent else ""
            recorder = Recorder(successor.copied_store) if self._is_union else None
            created = apply_edit(successor.store, edit, body, parent, False, recorder)
            difference = recorder.difference if recorder else None
            release = successor.publish("write", view=self._is_union, difference=difference)
            return Written(release.id, created)

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release into a file. Raises Refused."""
        with as_failures("query"):
            is_plain = media_type == N_QUADS.media_type or not self._is_union
            store = self._store(release, "plain" if is_plain else "view")
            write_dump(store, media_type, prefixes, file)

    def health(self) -> dict[str, object]:
        """The release that answers. Raises Refused where there is none."""
        return {"release": self.snapshot().id, "in_memory": False, "own_in_memory": False}

    def gauges(self) -> dict[str, float]:
        """How much there is; nothing waits in an engine that answers where it is called."""
        release = self.snapshot()
        return {"release_number": release.number, "release_quads": release.manifest.quads}

    def outcomes(self) -> dict[str, int]:
        """How many queries and writes ended how."""
        return self._statistics.outcomes()

    def close(self) -> None:
        """There is nothing to end."""

    def _asked(self, release: Snapshot, question: Question) -> tuple[ox.Store, str, str, Merged, Graphs]:
        """The store that a question sees, its text and base, and the graphs that the protocol names."""
        store = self._seen(release, question)
        default: Merged = [*as_graphs(question.default_graphs)]
        named = as_graphs(question.named_graphs)
        if question.alone and store is not self._held.get(OWN) and self._sees_own(release, question):
            default, named = [ox.DefaultGraph()], [*own_graphs(store)]
        return store, question.text, question.base, default, named

    def _seen(self, release: Snapshot, question: Question) -> ox.Store:
        """The store that a question sees."""
        if not self._sees_own(release, question):
            return self._store(release, "view" if self._is_union else "plain")
        # What is held has no graphs of others, which a saved query may name.
        if release is self._pinned and (question.alone or not names_graphs(question.text)):
            return self._store(release, OWN)
        return self._open(release, OWN)

    def _sees_own(self, release: Snapshot, question: Question) -> bool:
        """Whether a question is about the merge of our own graphs, and that is not that of all."""
        names_dataset = question.default_graphs or question.named_graphs
        return question.own and self._is_union and not names_dataset and release.has_others

    def _store(self, release: Snapshot, part: str) -> ox.Store:
        if release is self._pinned and part in self._held:
            return self._held[part]
        return self._open(release, part)

    def _open(self, release: Snapshot, part: str) -> ox.Store:
        return self._stores.get((release.id, part), lambda: ox.Store.read_only(str(release.files / part)))

    @contextmanager
    def _evaluating(self, seconds: float) -> Iterator[None]:
        self._alarm(seconds)
        try:
            with self._statistics.counted("answered"), as_failures("query"):
                yield
        finally:
            self._alarm(0)


def names_graphs(text: str) -> bool:
    """Whether a query names graphs by its keywords; a variable or a comment may hold the same words."""
    return bool(_MAY_NAME_GRAPHS.search(text)) and any(
        token.kind == "word" and token.text.upper() in _GRAPH_WORDS for token in tokens(text)
    )

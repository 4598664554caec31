"""Reads the names of a release through the engine, once, for whoever asks first."""

import threading
from collections import OrderedDict
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path

from server.asking.asker import RESULTS_JSON
from server.engine.interface import Engine, EngineFailure, Question
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.search.entries import Hit, entries
from server.search.matching import ELSEWHERE, Found, Index
from server.tables.table import Table, read_table

__all__ = ["ELSEWHERE", "Found", "Hit", "Index", "index_of"]
FOLDER = Path(__file__).parent
OWN = (FOLDER / "own.rq").read_text(encoding="utf-8")
ALL = (FOLDER / "all.rq").read_text(encoding="utf-8")
# What is loaded beside our graphs may have millions of names; an entry takes about a kilobyte.
MOST_NAMES = 50_000
MOST_INDEXES = 3
# So long a request waits for the names from elsewhere; after that it searches ours alone, and says so.
PATIENCE = 1.0


class Names:
    """The index of one release: our own names at once, those from elsewhere when they have been read."""

    def __init__(self, release: Snapshot, engine: Engine, timeout: float) -> None:
        self._release, self._engine, self._timeout = release, engine, timeout
        self._lock = threading.Lock()
        self._own: Index | None = None
        self._whole: Future[Index] | None = None

    def index(self, threads: ThreadPoolExecutor) -> Index:
        """The whole index, or our part of it where the rest is not there in time. Raises EngineFailure."""
        with self._lock:
            if self._own is None:
                self._table = self._ask(OWN)
                self._own = Index.of(entries(self._table), "own")
            if self._whole is None or _has_failed(self._whole):
                self._whole = threads.submit(self._read_all)
            own, whole = self._own, self._whole
        try:
            return whole.result(PATIENCE)
        except (TooLate, CancelledError, EngineFailure):
            return own

    def forget(self) -> None:
        """Nobody asks for this release any more."""
        if self._whole is not None:
            self._whole.cancel()

    def _read_all(self) -> Index:
        found = self._ask(f"{ALL}LIMIT {MOST_NAMES + 1}")
        both = Table(found.columns, self._table.rows + found.rows)
        return Index.of(entries(both), "all" if len(found.rows) <= MOST_NAMES else "most")

    def _ask(self, text: str) -> Table:
        # It is for all who wait, so it does not end when the one who asked first leaves.
        question = Question(text, RESULTS_JSON, self._timeout, release=self._release.id)
        return read_table(b"".join(self._engine.query(question).body))


def _has_failed(whole: Future[Index]) -> bool:
    return whole.done() and (whole.cancelled() or whole.exception() is not None)


class Indexes:
    """The indexes of the releases that were asked for last; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: OrderedDict[str, Names] = OrderedDict()
        # One thread: however many releases follow each other, reading their names takes one core at most.
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="names")

    def get(self, release: Snapshot) -> Index:
        """The index of a release. Raises EngineFailure."""
        with self._lock:
            if release.id not in self._names:
                self._names[release.id] = Names(release, state().engine, state().settings.timeout)
            self._names.move_to_end(release.id)
            names = self._names[release.id]
            while len(self._names) > MOST_INDEXES:
                self._names.popitem(last=False)[1].forget()
        return names.index(self._threads)


_indexes = Indexes()


def index_of(release: Snapshot) -> Index:
    """The names of a release, read when they are asked for first. Raises EngineFailure."""
    return _indexes.get(release)

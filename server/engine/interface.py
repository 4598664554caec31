"""What the rest of the server asks of a SPARQL engine, wherever that is."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol

from server.engine.edit import Edit
from server.engine.snapshot import Snapshot


class Departure:
    """Tells that the client has left, to whoever works for it; made by the shell, one a request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []
        self.happened = False

    def happen(self) -> None:
        """Calls every callback once."""
        with self._lock:
            self.happened = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on(self, callback: Callable[[], None]) -> None:
        """Calls back when the client leaves; at once if it has left already."""
        with self._lock:
            if not self.happened:
                self._callbacks.append(callback)
                return
        callback()


@dataclass(frozen=True)
class Question:
    """A query as asked: its text, the serialization wanted, and the dataset named by the protocol.

    `format` is a media type that pyoxigraph knows and fits the query's form; `base` resolves relative IRIs;
    `timeout` is in seconds. `may_use_network` is for a query whose every SERVICE was found on the list.
    """

    text: str
    format: str
    timeout: float
    base: str = ""
    client: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    release: str = ""
    may_use_network: bool = False
    departure: Departure = field(default_factory=Departure, compare=False)


@dataclass(frozen=True)
class Answer:
    """A result: from which release, and its bytes; closing `body` early stops the engine's work on it.

    `length` is known where the whole answer was there before the first byte was passed on. Iterating `body`
    raises EngineFailure where an answer that had begun cannot be finished.
    """

    release: str
    body: Iterator[bytes]
    length: int | None


class EngineFailure(Exception):
    """The engine gives no answer; `kind` names the problem, the message is for the person who asked."""

    def __init__(self, kind: str, message: str, line: int = 0, column: int = 0, retry_after: int = 0) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line
        self.column = column
        self.retry_after = retry_after


@dataclass(frozen=True)
class Written:
    """A write that is durable: in which release, and whether it created its graph."""

    release: str
    created: bool


class Engine(Protocol):
    """A SPARQL engine with its releases; safe to use from many threads. Every method may raise EngineFailure.

    Everything above uses this and nothing else: where and how the data are kept is the engine's own affair.
    """

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id or number; the one that answers now where none is named.

        The failure is `no-release` where it is not kept, `unavailable` where nothing was published yet.
        """

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""

    def query(self, question: Question) -> Answer:
        """The result of a query."""

    def read_graph(self, graph: str, question: Question) -> Answer:
        """One graph as it was written (an empty IRI is the unnamed one); `question` says how it is asked for.

        The failure is `not-found` where there is no such graph.
        """

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Applies an update or a write of a graph; waits until it is durable. The caller owns the body."""

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release into a file: as N-Quads all graphs, packed with gzip, else what queries see
        as the default graph."""

    def health(self) -> dict[str, object]:
        """How the engine is, for operators: at least the `release` that answers."""

    def gauges(self) -> dict[str, float]:
        """How much there is, waits and works at this moment, by the names of the metrics."""

    def outcomes(self) -> dict[str, int]:
        """How many queries and writes ended how: `answered`, `written`, or the kind of failure."""

    def close(self) -> None:
        """Finishes the writes that wait, and ends everything that belongs to the engine."""

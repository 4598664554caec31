"""What the rest of the server asks of a SPARQL engine, embedded or remote."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


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


class Engine(Protocol):
    """A SPARQL engine; safe to use from many threads."""

    def query(self, question: Question) -> Answer:
        """Answers a query. Raises EngineFailure."""

    def release_id(self) -> str:
        """The release that answers now."""

    def health(self) -> dict[str, object]:
        """How the engine is, for operators."""

    def close(self) -> None:
        """Stops every process of the engine."""

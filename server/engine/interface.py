"""What the rest of the server asks of a SPARQL engine, wherever that is."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Protocol

import pyoxigraph as ox

from server.engine.edit import Edit
from server.engine.snapshot import Snapshot

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, kw_only=True)
class Question:
    """A query as asked: its text, the serialization wanted, and the dataset named by the protocol.

    `format` is a media type that pyoxigraph knows and fits the query's form; `base` resolves relative IRIs;
    `timeout` is in seconds; `release` is an id, number or date, or empty for the one that answers now. `own`
    asks the merge of our own graphs, not of all; it counts where queries see a merge and no dataset is named.
    With `alone`, the named graphs too are only our own.
    """

    text: str
    format: str
    timeout: float
    base: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    release: str = ""
    own: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Solutions:
    """The rows of a SELECT query: the names of its columns, and in each row a term or None for each."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


@dataclass(frozen=True)
class Answer:
    """A result and its release; it is evaluated while `write_to` writes it, or `solve` gives its rows.

    One of them is called, once; they raise Refused, `write_to` before the first byte or in the middle.
    `solve` is for a SELECT or ASK query; where an engine has none, rows come written.
    """

    release: str
    write_to: Callable[[IO[bytes]], None]
    solve: Callable[[], Solutions | bool] | None = None

    def whole(self) -> bytes:
        """All of it. Raises Refused."""
        output = io.BytesIO()
        self.write_to(output)
        return output.getvalue()


@dataclass(frozen=True)
class Written:
    """A write that is durable: in which release, and whether it created its graph."""

    release: str
    created: bool


class Engine(Protocol):
    """A SPARQL engine with its releases; safe to use from many threads. Every method may raise Refused.

    Everything above uses this and nothing else: where and how the data are kept is the engine's own affair.
    """

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id, number or date; the one that answers now where none is named.

        The failure is `no-release` where it is not kept, `unavailable` where nothing was published yet.
        """

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""

    def query(self, question: Question) -> Answer:
        """The result of a query; what is wrong with it may be told only when the answer is written."""

    def read_graph(self, graph: str, question: Question) -> Answer:
        """One graph as it was written (an empty IRI is the unnamed one, `*` all with their names).

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

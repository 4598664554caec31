"""The quads of a release as lines of N-Quads: from these it comes into memory, not from its stores."""

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.release.difference import Difference, follow
from loader.release.durable import link
from loader.release.namespaces import is_own_graph
from loader.release.statistic_terms import is_statistic_line

SLACK_BYTES = 1 << 20
SLACK_PART = 32
PIECE_BYTES = 1 << 20


class Lines:
    """A file that releases share by hard links, and beside it what this one holds more and less."""

    def __init__(self, release: Path) -> None:
        self.folder = release / "lines"
        self._base, self._added, self._removed = (
            self.folder / f"{name}.nq" for name in ("base", "added", "removed")
        )

    @property
    def are_there(self) -> bool:
        """Not in releases that were made before there were such files."""
        return self._base.is_file()

    def __iter__(self) -> Iterator[bytes]:
        """Every quad once; its blank nodes are called as in the stores."""
        removed = _lines_of(self._removed)
        with self._base.open("rb") as base:
            yield from (line for line in base if line not in removed) if removed else base
        if self._added.exists():
            with self._added.open("rb") as added:
                yield from added

    def write(self, plain: ox.Store) -> None:
        """All quads of a store."""
        self.folder.mkdir()
        plain.dump(self._base, ox.RdfFormat.N_QUADS)

    def succeed(self, parent: "Lines", difference: Difference, new: Path) -> None:
        """The lines of the parent, moved by the difference, and those of `new`; shares what it can."""
        self.folder.mkdir()
        added, removed = _lines_of(parent._added), _lines_of(parent._removed)
        follow(added, removed, _as_lines(difference.added), _as_lines(difference.removed))
        slack = SLACK_BYTES + parent._base.stat().st_size // SLACK_PART
        if new.stat().st_size or sum(map(len, added)) + sum(map(len, removed)) > slack:
            with parent._base.open("rb") as base, new.open("rb") as more, self._base.open("wb") as whole:
                if removed:
                    whole.writelines(line for line in base if line not in removed)
                else:
                    shutil.copyfileobj(base, whole, PIECE_BYTES)
                whole.writelines(sorted(added))
                shutil.copyfileobj(more, whole, PIECE_BYTES)
            return
        link(parent._base, self._base)
        for path, lines in ((self._added, added), (self._removed, removed)):
            if lines:
                path.write_bytes(b"".join(sorted(lines)))


def add_graph_lines(store: ox.Store, graph: ox.NamedNode, file: Path) -> None:
    """Adds the quads of one graph to a file."""
    end = f"{graph} .\n".encode()
    with tempfile.TemporaryFile(dir=file.parent) as triples, file.open("ab") as lines:
        store.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        triples.seek(0)
        lines.writelines(line.removesuffix(b".\n") + end for line in triples)


def quads_of(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The quads of lines of N-Quads, their blank nodes called as they are there."""
    reader = io.BufferedReader(_Joined(lines), PIECE_BYTES)
    yield from ox.parse(reader, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=False)


def without_graph(line: bytes) -> bytes:
    """Cuts behind the object: only a literal or a triple term has spaces in it."""
    subject, predicate, rest = line.split(b" ", 2)
    if rest.startswith(b"<<("):
        end = rest.rindex(b")>>") + 3
    elif rest.startswith(b'"'):
        end = rest.index(b" ", rest.rindex(b'"'))
    else:
        end = rest.index(b" ")
    return b" ".join((subject, predicate, rest[:end], b".\n"))


def of_own_graphs(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Those of the project's own graphs, which the last term of a line names if it is not the object."""
    own: dict[bytes, bool] = {}
    for line in lines:
        last = line.rsplit(b" ", 2)[1]
        if last not in own:
            own[last] = last.startswith(b"<") and is_own_graph(last[1:-1].decode())
        if own[last] and without_graph(line) != line:
            yield line


def merged(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The triples of the merge, which statistics do not enter."""
    return (without_graph(line) for line in lines if not is_statistic_line(line))


def twice(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Each quad, and its triple for the merge."""
    for line in lines:
        yield line
        yield from merged((line,))


def _lines_of(path: Path) -> set[bytes]:
    return set(path.read_bytes().splitlines(keepends=True)) if path.exists() else set()


def _as_lines(quads: Iterable[ox.Quad]) -> set[bytes]:
    """As a store writes them, byte for byte."""
    lines = io.BytesIO()
    ox.serialize(quads, lines, ox.RdfFormat.N_QUADS)
    return set(lines.getvalue().splitlines(keepends=True))


class _Joined(io.RawIOBase):
    """Lines as a file that is read."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, of which this is one
        pieces, size = [self._left], len(self._left)
        while size < len(buffer) and (line := next(self._lines, None)):
            pieces.append(line)
            size += len(line)
        joined = b"".join(pieces)
        taken, self._left = joined[: len(buffer)], joined[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

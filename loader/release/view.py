"""Makes the store whose default graph is the true merge of all graphs."""

import tempfile
from pathlib import Path

import pyoxigraph as ox


def write_view(release: Path) -> None:
    """Writes `view` beside `plain`: the same named graphs, and every triple once in the default graph.

    Oxigraph's own union option gives a row for each graph a triple stands in; a store is a set, so
    loading the triples of all graphs into one default graph merges them truly. All is loaded from one
    file, since a blank node keeps its identity only within a file.
    """
    # Through files, not as quads in Python: a data set may have millions, which `bulk_load` reads in Rust.
    plain = ox.Store.read_only(str(release / "plain"))
    view = ox.Store(str(release / "view"))
    with tempfile.TemporaryDirectory(dir=release) as folder:
        named, both = Path(folder) / "named.nq", Path(folder) / "both.nq"
        plain.dump(named, ox.RdfFormat.N_QUADS)
        _add_merge(named, both)
        view.bulk_load(path=both, format=ox.RdfFormat.N_QUADS)
    view.optimize()
    view.flush()


def _add_merge(named: Path, both: Path) -> None:
    """Each quad with and without its graph, from N-Quads as Oxigraph writes them: one space between terms."""
    with named.open("rb") as source, both.open("wb") as target:
        for line in source:
            target.write(line)
            target.write(_without_graph(line))


def _without_graph(line: bytes) -> bytes:
    """Cuts behind the object: only a literal or a triple term has spaces in it."""
    subject, predicate, rest = line.split(b" ", 2)
    if rest.startswith(b"<<("):
        end = rest.rindex(b")>>") + 3
    elif rest.startswith(b'"'):
        end = rest.index(b" ", rest.rindex(b'"'))
    else:
        end = rest.index(b" ")
    return b" ".join((subject, predicate, rest[:end], b".\n"))

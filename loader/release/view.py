"""Makes the store whose default graph is the true merge of all graphs."""

import tempfile
from pathlib import Path

import pyoxigraph as ox


def write_view(release: Path) -> None:
    """Writes `view` beside `plain`: the same named graphs, and every triple once in the default graph.

    Oxigraph's own union option gives a row for each graph a triple stands in; a store is a set, so
    loading the triples of all graphs into one default graph merges them truly.
    """
    plain = ox.Store.read_only(str(release / "plain"))
    view = ox.Store(str(release / "view"))
    with tempfile.TemporaryDirectory(dir=release) as folder:
        named, merged = Path(folder) / "named.nq", Path(folder) / "merged.nt"
        plain.dump(named, ox.RdfFormat.N_QUADS)
        _strip_graphs(named, merged)
        view.bulk_load(path=named, format=ox.RdfFormat.N_QUADS)
        view.bulk_load(path=merged, format=ox.RdfFormat.N_TRIPLES)
    view.optimize()
    view.flush()


def _strip_graphs(quads: Path, triples: Path) -> None:
    """N-Triples from N-Quads as Oxigraph writes them: one space between terms, one quad a line."""
    with quads.open("rb") as source, triples.open("wb") as target:
        for line in source:
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

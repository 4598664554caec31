"""The process in which a mapping runs over its files, with limits.

It is told its work on standard input, and says on standard output what comes of each piece.
"""

import pickle
import resource
import signal
import sys
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from loader.datasets.content import Content, opened
from loader.datasets.facade.csv_rows import csv_pieces
from loader.datasets.facade.json_items import json_pieces
from loader.datasets.facade.layout import FileLayout
from loader.datasets.facade.triples import Piece
from loader.datasets.facade.xml_elements import xml_pieces
from loader.datasets.mapping import Mapping, Part, read_mapping
from loader.datasets.mapping_messages import MEMORY, SECONDS, Begun, Ended, Faulty, Job, Mapped, Message
from loader.problems import BuildRefused
from loader.progress import Progress

PIECES: dict[str, Callable[[Content, FileLayout], Iterator[Piece]]] = {
    "csv": csv_pieces,
    "tsv": csv_pieces,
    "json": json_pieces,
    "xml": xml_pieces,
}


def run(job: Job) -> Iterator[Message]:
    """Maps the files one by one."""
    try:
        mapping = read_mapping(job.mapping, job.base)
        used: set[int] = set()
        for file in job.files:
            with opened(file, Progress(quiet=True)) as content:
                for piece in PIECES[mapping.layout.format](content, mapping.layout):
                    yield Begun(file, piece.line)
                    yield Mapped(_map(piece, mapping, job.base, used))
        yield Ended(tuple(str(t) for n, t in enumerate(mapping.template) if n not in used))
    except BuildRefused as refusal:
        yield Faulty(tuple(refusal.problems))


def _map(piece: Piece, mapping: Mapping, base: str, used: set[int]) -> bytes:
    """The triples of a piece; notes which of the template came out."""
    store = ox.Store()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # whose signal ends the process
    store.load(piece.text, ox.RdfFormat.N_TRIPLES, lenient=True)
    solutions = store.query(mapping.select, base_iri=base)
    assert isinstance(solutions, ox.QuerySolutions)
    row_of = _Rows([variable.value for variable in solutions.variables], mapping)
    lines: dict[str, None] = {}
    for solution in solutions:
        row = row_of(solution)
        for number, (s, p, o) in enumerate(row_of.template):
            subject, predicate, value = row[s], row[p], row[o]
            if value and predicate[:1] == "<" and subject[:1] in "<_" and subject:
                lines[f"{subject} {predicate} {value} .\n"] = None
                used.add(number)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return "".join(lines).encode()


class _Rows:
    """Makes of each solution a row of terms as N-Triples writes them, empty where unbound.

    Constants stand in it too, and blank nodes, others in each; `template` has the places of terms in it.
    """

    def __init__(self, variables: list[str], mapping: Mapping) -> None:
        parts: dict[Part, int] = {name: n for n, name in enumerate(variables)}
        for triple in mapping.template:
            for part in triple.parts:
                parts.setdefault(part, len(parts))
        self.template = [tuple(parts[part] for part in triple.parts) for triple in mapping.template]
        self._columns = range(len(variables))
        self._others = [part for part in parts if not isinstance(part, str)]
        self._written = [str(part) for part in self._others]
        self._has_blank = any(isinstance(part, ox.BlankNode) for part in self._others)

    def __call__(self, solution: ox.QuerySolution) -> list[str]:
        row = ["" if (term := solution[n]) is None else str(term) for n in self._columns]
        row += self._written
        if self._has_blank:
            for n, part in enumerate(self._others, len(self._columns)):
                if isinstance(part, ox.BlankNode):
                    row[n] = str(ox.BlankNode())
        return row


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = pickle.load(sys.stdin.buffer)
    for message in run(job):
        pickle.dump(message, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

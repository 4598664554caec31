"""The triples of files that are no RDF, which a mapping makes in a process of its own."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.datasets.mapping_messages import MEMORY, SECONDS, Begun, Ended, Faulty, Job, Mapped, Message
from loader.datasets.tally import Tally
from loader.datasets.well_formed import Located
from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress


def mapped(job: Job, tally: Tally, progress: Progress) -> Iterator[tuple[Path, Located]]:
    """Each triple with its file and the line on which its piece begins.

    Raises BuildRefused where the mapping or a file holds mistakes, or a piece takes too much time or memory.
    """
    begun = Begun(job.mapping, 1)
    for message in _messages(job):
        if isinstance(message, Begun):
            begun = message
            tally.pieces += 1
            progress.note(f"{begun.file.name}, line {begun.line}")
        elif isinstance(message, Mapped):
            tally.empty_pieces += not message.triples
            for quad in ox.parse(message.triples, ox.RdfFormat.N_TRIPLES):
                yield begun.file, (begun.line, quad)
        elif isinstance(message, Ended):
            tally.notices += [_unused(job.mapping, triple) for triple in message.unused]
        elif isinstance(message, Faulty):
            raise BuildRefused(message.problems)
        else:
            raise BuildRefused([Problem(Location(str(begun.file), begun.line), _fate(message))])


def _messages(job: Job) -> Iterator[Message | int]:
    """What the process says; at the end how it ended, where it did before it had said all."""
    command = [sys.executable, "-m", "loader.datasets.mapping_worker"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    with process:
        try:
            pickle.dump(job, process.stdin)
            process.stdin.close()
            while not isinstance(message := _next(process), Ended | Faulty | int):
                yield message
            yield message
        finally:
            process.kill()


def _next(process: subprocess.Popen[bytes]) -> Message | int:
    assert process.stdout
    try:
        message: Message = pickle.load(process.stdout)
    except EOFError:
        return process.wait()
    return message


def _fate(status: int) -> str:
    if status == -signal.SIGPROF:
        return f"The mapping takes more than {SECONDS} s on the piece that begins here."
    return (
        f"The mapping takes more than {MEMORY >> 30} GiB on the piece that begins here, or fails ({status})."
    )


def _unused(mapping: Path, triple: str) -> Problem:
    way = "its variables are never bound together"
    return Problem(Location(str(mapping), 1), f"No triple came out of `{triple}`: {way}.")

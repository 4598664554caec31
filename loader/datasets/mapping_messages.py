"""What is said to the process that maps files, and what it says of each piece."""

from dataclasses import dataclass
from pathlib import Path

from loader.problems import Problem

# What one piece may take: seconds of the processor, and bytes of memory.
SECONDS = 60
MEMORY = 2 << 30


@dataclass(frozen=True)
class Job:
    """The files to map, by which mapping, and against what relative IRIs are resolved."""

    files: tuple[Path, ...]
    mapping: Path
    base: str


@dataclass(frozen=True)
class Begun:
    """A piece of a file is being mapped."""

    file: Path
    line: int


@dataclass(frozen=True)
class Mapped:
    """What a piece gave, as N-Triples."""

    triples: bytes


@dataclass(frozen=True)
class Ended:
    """All is done; `unused` are triples of the template that never came out."""

    unused: tuple[str, ...]


@dataclass(frozen=True)
class Faulty:
    """The mapping or a file holds mistakes."""

    problems: tuple[Problem, ...]


Message = Begun | Mapped | Ended | Faulty

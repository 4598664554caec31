"""Which version of the program this is: every file of it counts, so nobody has to remember to say so."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

PROGRAM = Path(__file__).resolve().parents[2]
BESIDE = {"__pycache__", "node_modules"}


def _files(package: Path) -> Iterator[Path]:
    """Every file of a package in an order that stays."""
    for folder, inner, names in os.walk(package):
        inner[:] = sorted(set(inner) - BESIDE)
        yield from (Path(folder, name) for name in sorted(names))


def _digest() -> str:
    """Changes when code, a template, a message or a static file does, and with the engine."""
    digest = hashlib.sha256(pyoxigraph.__version__.encode())
    for package in ("loader", "server"):
        for path in _files(PROGRAM / package):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(PROGRAM)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


# As the program was when it started: what is put in its place on the disk later does not answer yet.
VERSION = _digest()

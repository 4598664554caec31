"""Stores for the servers of the suite: each is a copy of one with the shipped data."""

import atexit
import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
UNMISSIONS = (sys.executable, "-m", "server.cli")  # of this directory, wherever it is


def copied_store(folder: Path) -> Path:
    return Path(shutil.copytree(built_store(), folder / "store", symlinks=True))


@functools.cache
def built_store() -> Path:
    """A store with the shipped data, built once a run."""
    folder = Path(tempfile.mkdtemp(prefix="heavy-built-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    unmissions("build", "--store", str(folder / "store"))
    return folder / "store"


def unmissions(*arguments: str) -> None:
    """Runs another command of the project."""
    done = subprocess.run([*UNMISSIONS, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"unmissions {arguments[0]} failed: {done.stderr[-500:]}")

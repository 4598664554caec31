"""Programs that one check alone needs, from the package index, in an environment of their own."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def installed(package: str) -> Iterator[Path | None]:
    """The folder of the programs of a package, until the block ends; None where it cannot be had."""
    with tempfile.TemporaryDirectory(prefix="heavy-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        programs = Path(folder, "bin")
        done = subprocess.run([programs / "pip", "install", "--quiet", package])
        yield None if done.returncode else programs

"""A folder as a reader has it after `make setup`, and the server that a reader starts in it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TOKEN = "a-token-for-the-docs"
SECONDS = 60.0


@dataclass
class Clone:
    """A copy of the inputs with a store and an environment beside them; `port` is that of its server."""

    root: Path
    port: int

    def run(self, language: str, text: str) -> subprocess.CompletedProcess[str]:
        """Runs a block as a reader would who has the server at localhost:8000."""
        command = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}[language]
        done = subprocess.run(
            [*command, re.sub(r"\b(localhost|127\.0\.0\.1):8000\b", rf"\1:{self.port}", text)],
            cwd=self.root,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        done.stdout = done.stdout.replace(f":{self.port}", ":8000").replace("\r\n", "\n")
        return done

    @contextmanager
    def served(self) -> Iterator[None]:
        """The server of this folder, while the context lasts."""
        command = [str(self.root / ".venv/bin/unmissions"), "serve", "--port", str(self.port)]
        with (self.root / "serve.log").open("w") as log:
            server = subprocess.Popen(
                [*command, "--token-file", "token"],
                cwd=self.root,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
            try:
                self._wait_until_ready(server)
                yield
            finally:
                server.terminate()
                server.wait(SECONDS)

    def _wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        for _ in range(int(SECONDS / 0.1)):
            assert server.poll() is None, (self.root / "serve.log").read_text(encoding="utf-8")
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/health"):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError("the server did not become ready")

    def _environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("UNMISSIONS_")}
        return {
            **clean,
            "UNMISSIONS_INPUTS": str(self.root),
            "UNMISSIONS_STORE": str(self.root / "store"),
            "COLUMNS": "200",
        }


def make_clone(root: Path, inputs: Path, store: Path) -> Clone:
    """A clone in an empty folder, with copies of the inputs and of a store that was built from them."""
    for folder in inputs.iterdir():
        shutil.copytree(folder, root / folder.name)
    shutil.copytree(store, root / "store", symlinks=True)
    (root / ".venv").mkdir()
    (root / ".venv/bin").symlink_to(Path(sys.executable).parent)
    (root / "token").write_text(TOKEN + "\n")
    (root / "token").chmod(0o600)
    return Clone(root, _free_port())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

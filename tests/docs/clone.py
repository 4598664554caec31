"""A folder as a reader has it after `make setup`, and the server that a reader starts in it."""

import os
import re
import shutil
import signal
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
SECONDS = 300.0
PORTS = ("8000", "8001", "7878")
LOCAL = rf"\b(localhost|127\.0\.0\.1):({'|'.join(PORTS)})\b"
FLAG = rf"--port ({'|'.join(PORTS)})\b"


@dataclass
class Clone:
    """A copy of the inputs with a store and an environment beside them.

    `ports` has, by the port that pages name, the one that is meant.
    """

    root: Path
    ports: dict[str, int]

    def run(self, language: str, text: str) -> subprocess.CompletedProcess[str]:
        """Runs a block as a reader would who has the server at localhost:8000."""
        done = subprocess.run(
            self._command(language, text),
            cwd=self.root,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        done.stdout = self.as_shown(done.stdout)
        return done

    def _command(self, language: str, text: str) -> list[str]:
        command = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}[language]
        return [*command, self.as_meant(text)]

    def as_meant(self, text: str) -> str:
        text = re.sub(FLAG, lambda flag: f"--port {self.ports[flag[1]]}", text)
        return re.sub(LOCAL, lambda place: f"{place[1]}:{self.ports[place[2]]}", text)

    def as_shown(self, text: str) -> str:
        for shown, port in self.ports.items():
            text = text.replace(f":{port}", f":{shown}")
        return text.replace("\r\n", "\n")

    @contextmanager
    def beside(self, text: str) -> Iterator[None]:
        """What a reader runs in another terminal, while the context lasts; it answers when that begins."""
        flags = re.findall(FLAG, text)
        [(host, shown)] = [("127.0.0.1", flags[0])] if flags else set(re.findall(LOCAL, text))
        with (
            (self.root / "beside.log").open("w") as log,
            subprocess.Popen(
                self._command("sh", text),
                cwd=self.root,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            try:
                self._wait_until_ready(process, f"http://{host}:{self.ports[shown]}/", log.name)
                yield
            finally:
                os.killpg(process.pid, signal.SIGTERM)

    @contextmanager
    def served(self) -> Iterator[None]:
        """The server of this folder, while the context lasts."""
        command = [str(self.root / ".venv/bin/unmissions"), "serve", "--port", str(self.ports["8000"])]
        services = self.as_meant("http://localhost:7878/query")
        with (self.root / "serve.log").open("w") as log:
            server = subprocess.Popen(
                [*command, "--token-file", "token", "--services", services],
                cwd=self.root,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
            try:
                self._wait_until_ready(server, self.as_meant("http://127.0.0.1:8000/health"), log.name)
                yield
            finally:
                server.terminate()
                server.wait(SECONDS)

    def _wait_until_ready(self, server: subprocess.Popen[bytes], address: str, log: str) -> None:
        for _ in range(int(SECONDS / 0.1)):
            assert server.poll() is None, Path(log).read_text(encoding="utf-8")
            try:
                with urlopen(address):
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
            # What the pages show is the same from the disk, where a server starts with less work.
            "UNMISSIONS_IN_MEMORY": "0",
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
    return Clone(root, {shown: _free_port() for shown in PORTS})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

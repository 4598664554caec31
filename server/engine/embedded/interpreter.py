"""Starts the interpreter that becomes the zygote, in an environment without anything secret."""

import os
import subprocess
import sys
from pathlib import Path

from server.engine.worker.channel import Channel

PROJECT = Path(__file__).parent.parent.parent
NEEDED = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "SSL_CERT_DIR", "SSL_CERT_FILE", "TMPDIR", "TZ")
NEEDED_PREFIXES = ("LC_", "PYTHON")


def start_zygote() -> tuple["subprocess.Popen[bytes]", Channel]:
    """The process, and the channel on which it is told what to fork."""
    ours, theirs = Channel.pair()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.engine.worker.zygote", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            env={**_environment(), "RUST_BACKTRACE": "0"},
        )
    finally:
        theirs.close()
    return process, ours


def _environment() -> dict[str, str]:
    """Only what an interpreter needs: queries from outside run behind it, and could show all the rest."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in NEEDED or name.startswith(NEEDED_PREFIXES)
    }

"""Checks that no connection leaves the server: a listener as the trap, and strace as the witness."""

import re
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .attacks import told, unclear
from .client import Reply, send
from .disguises import requests_to
from .outcome import Check, Outcome, judged, skipped
from .service import serving

# Leaves a process without the right to make the namespaces that would cut it off, as on many systems.
WITHOUT_NAMESPACES = (
    "unshare", "-Ur", "sh", "-c",
    'for n in net user; do echo 0 > /proc/sys/user/max_${n}_namespaces; done; exec "$@"', "sh",
)  # fmt: skip
STRACE = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-e", "signal=none", "-o")
ABROAD = re.compile(r"(connect|send\w+)\(.*sa_family=AF_INET")


def _isolated(before: Sequence[str]) -> Outcome:
    with trap() as (address, hits), serving(before=before) as service:
        replies = [send(service, request) for request in requests_to(address)]
    return _judged(replies, hits, [])


def _traced() -> Outcome:
    if not shutil.which("strace"):
        return skipped("strace is not installed here")
    with tempfile.TemporaryDirectory(prefix="heavy-") as folder, trap() as (address, hits):
        trace = Path(folder) / "trace"
        with serving(before=(*STRACE, str(trace))) as service:
            replies = [send(service, request) for request in requests_to(address)]
        tried = [line for line in trace.read_text(errors="replace").splitlines() if ABROAD.search(line)]
    abroad = [line for line in tried if "ENETUNREACH" not in line]
    outcome = _judged(replies, hits, [f"{len(abroad)} calls, such as {abroad[0]}"] if abroad else [])
    return replace(outcome, figures=f"{outcome.figures}; {len(tried)} were tried where there is no network")


def _judged(replies: Sequence[Reply], hits: Sequence[str], complaints: list[str]) -> Outcome:
    told_of_hits = [f"{len(hits)} connections, such as {hits[0]!r}"] if hits else []
    figures = f"{told(replies)}; {len(hits)} connections to the listener"
    return judged([*complaints, *told_of_hits, *unclear(replies)], figures)


@contextmanager
def trap() -> Iterator[tuple[str, list[str]]]:
    """A listener's address, and what came to it."""
    hits: list[str] = []
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        thread = threading.Thread(target=_listen, args=(listener, hits), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/trap", hits
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _listen(listener: socket.socket, hits: list[str]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(0.5)
            try:
                hits.append(connection.recv(200).decode(errors="replace"))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            except OSError:
                hits.append("silent")


NOTHING = "zero connections for SERVICE, LOAD, FROM, contexts and entities in any disguise"
CHECKS = [
    Check("isolation", NOTHING, lambda: _isolated(())),
    Check(
        "isolation-without",
        f"{NOTHING}, where namespaces are not allowed",
        lambda: _isolated(WITHOUT_NAMESPACES),
    ),
    Check("isolation-traced", f"{NOTHING}, as strace sees it", _traced),
]

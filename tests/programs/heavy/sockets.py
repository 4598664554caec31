"""Connections without an HTTP client between, for what no client would send."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from .service import Service


@contextmanager
def opened(service: Service, number: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        address = ("127.0.0.1", service.port)
        yield [stack.enter_context(socket.create_connection(address, 10)) for _ in range(number)]


def exchange(service: Service, content: bytes, seconds: float = 3.0) -> bytes:
    """Sends these bytes and takes what comes until the end or the time is over."""
    with opened(service, 1) as (connection,):
        connection.settimeout(seconds)
        answer = b""
        with suppress(OSError):  # it may have answered and closed
            connection.sendall(content)
        with suppress(OSError):
            while piece := connection.recv(65536):
                answer += piece
        return answer


def sent(connection: socket.socket, content: bytes) -> bool:
    try:
        connection.sendall(content)
        return True
    except OSError:
        return False


def status(answer: bytes) -> str:
    return answer[9:12].decode() if answer.startswith(b"HTTP/1.1 ") else "none"

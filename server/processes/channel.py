"""Messages with file descriptors between the front and its disposable processes."""

import array
import json
import os
import socket
from collections.abc import Sequence

MOST_BYTES = 1 << 16
MOST_DESCRIPTORS = 4


class Closed(Exception):
    """The process at the other end is gone."""


class Channel:
    """One end of a SEQPACKET socket pair: each message is a JSON object of up to 64 KiB."""

    def __init__(self, end: socket.socket) -> None:
        self.socket = end

    @classmethod
    def pair(cls) -> tuple["Channel", "Channel"]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(ours), cls(theirs)

    @classmethod
    def from_descriptor(cls, descriptor: int) -> "Channel":
        return cls(socket.socket(fileno=descriptor))

    def send(self, message: dict[str, object], descriptors: Sequence[int] = ()) -> None:
        """Sends a message; the descriptors are copied into the receiver and stay the sender's own.

        Raises Closed.
        """
        rights = (
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        )
        try:
            self.socket.sendmsg([json.dumps(message).encode()], rights)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error

    def receive(self) -> tuple[dict[str, object], list[int]]:
        """The next message and its descriptors, which the receiver owns from now on.

        Raises Closed, or TimeoutError where a time limit was set.
        """
        try:
            content, descriptors, _, _ = socket.recv_fds(self.socket, MOST_BYTES, MOST_DESCRIPTORS)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error
        if not content:
            raise Closed
        message = json.loads(content)
        assert isinstance(message, dict)
        return message, descriptors

    def set_timeout(self, seconds: float | None) -> None:
        self.socket.settimeout(seconds)

    def fileno(self) -> int:
        return self.socket.fileno()

    def close(self) -> None:
        self.socket.close()


def memory_file(content: bytes) -> int:
    """A descriptor from which a process can read a text of any size; owned by the caller."""
    descriptor = os.memfd_create("text")
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def read_memory_file(descriptor: int) -> bytes:
    """The content of a memory file; closes the descriptor."""
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        return file.read()

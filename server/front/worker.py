"""One worker as the front sees it: a request is handed over, and its frames come back, each in its time."""

import asyncio
import os
import socket
from collections import deque
from pathlib import Path

from loader.query.mistakes.mistake import Remark
from server.front.processes import Process
from server.processes.channel import memory_file
from server.processes.frames import MOST_BYTES, MOST_IN_FRAME, Frame, Malformed, Request, Spent, read_frame
from server.refusal import Refused

MOST_AHEAD = 2  # frames that are taken in before the client has taken those before
_ROOM = memoryview(bytearray(MOST_BYTES))  # of the event loop alone; a new one each time would be mapped anew
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Gone(Exception):
    """The worker is not there any more."""


class Worker:
    """A worker process; lives on the event loop, but for its start and its end, which are made in threads."""

    def __init__(self, process: Process, thread: int, pool: object) -> None:
        self.process, self.pool = process, pool
        self.spent = Spent()
        self._thread = thread
        self._end = process.channel.socket
        self._end.setblocking(False)
        self._frames: deque[bytes] = deque()
        self._arrived: asyncio.Future[None] | None = None
        self._is_reading = False
        self._loop = asyncio.get_running_loop()
        self._read_on()

    @property
    def is_gone(self) -> bool:
        return bool(self._frames) and not self._frames[-1]

    def send(self, request: Request) -> None:
        """Hands a request over. Raises Gone."""
        content = request.packed()
        try:
            if len(content) <= MOST_IN_FRAME:
                self._end.send(content)
                return
            descriptor = memory_file(content)
            try:
                socket.send_fds(self._end, [b"M"], [descriptor])
            finally:
                os.close(descriptor)
        except OSError as error:
            raise Gone from error

    async def frame(self, seconds: float) -> Frame | None:
        """The next frame, or None where it does not come in so many seconds.

        Raises Gone, and Malformed where it is none.
        """
        if not self._frames and not await self._wait(seconds):
            return None
        content = self._frames[0]
        if not content:
            raise Gone
        self._frames.popleft()
        self._read_on()
        frame = read_frame(content)
        if frame.spent.nanoseconds:
            self.spent = frame.spent
        return frame

    def nanoseconds(self) -> int:
        """The processor time of its work until now, as the kernel counts it."""
        try:
            path = Path(f"/proc/{self.process.pid}/task/{self._thread}/schedstat")
            return int(path.read_text().split()[0])
        except (OSError, IndexError, ValueError):
            return 0

    def pages(self) -> int:
        """The pages that it has touched first: its own, and those that it shared before it changed them."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return int(fields[7])
        except (OSError, IndexError, ValueError):
            return 0

    def private_bytes(self) -> int:
        """The memory that no other process shares. Walks its whole address space, so is asked rarely."""
        try:
            text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        except OSError:
            return 0
        found = [line.split() for line in text.splitlines() if line.startswith("Private_Dirty:")]
        return sum(int(fields[1]) << 10 for fields in found)

    def set_priority(self, nice: int) -> bool:
        """Lets others pass at the processor, or takes that back; says whether this system allows it."""
        try:
            os.setpriority(os.PRIO_PROCESS, self._thread, nice)
        except OSError:
            return False
        return True

    def let_go(self) -> None:
        """Stops listening; whoever has the process ends it."""
        self._stop_reading()

    async def _wait(self, seconds: float) -> bool:
        self._arrived = self._loop.create_future()
        timer = self._loop.call_later(seconds, self._wake)
        try:
            await self._arrived
        finally:
            timer.cancel()
            self._arrived = None
        return bool(self._frames)

    def _wake(self) -> None:
        if self._arrived and not self._arrived.done():
            self._arrived.set_result(None)

    def _take(self) -> None:
        """Takes in what has arrived; an empty message is the end of the process."""
        try:
            content = bytes(_ROOM[: self._end.recv_into(_ROOM)])
        except BlockingIOError:
            return
        except OSError:
            content = b""
        self._frames.append(content)
        if not content or len(self._frames) >= MOST_AHEAD:
            self._stop_reading()
        self._wake()

    def _read_on(self) -> None:
        if not self._is_reading and not self.is_gone and self._end.fileno() >= 0:
            self._loop.add_reader(self._end.fileno(), self._take)
            self._is_reading = True

    def _stop_reading(self) -> None:
        if self._is_reading:
            self._loop.remove_reader(self._end.fileno())
            self._is_reading = False


def broken(error: Malformed) -> Refused:
    """A worker that says what no worker says was taken over by what it has read."""
    return Refused(
        "unavailable",
        Remark("The process that worked on the query answered wrongly: %(error)s.", {"error": error}),
    )

"""The front's side of the zygotes: asks for disposable processes and learns how they ended."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from server.engine.worker.channel import Channel, Closed

START_SECONDS = 60.0


class Process:
    """A disposable process: a channel to it, and the zygote that can tell how it ended."""

    def __init__(self, zygote: "Zygote", pid: int, channel: Channel) -> None:
        self.zygote, self.pid, self.channel = zygote, pid, channel

    def kill(self) -> None:
        """Ends the process at once; its number is not used again before its zygote reaps it."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def end(self) -> int:
        """Kills and reaps the process, and tells how it ended: a signal as a negative number."""
        self.channel.close()
        self.kill()
        return self.zygote.reap(self.pid)

    def how_it_died(self) -> int:
        """How a process ended that closed its channel without having been told to."""
        status = self.zygote.reap(self.pid)
        self.channel.close()
        return status


class Zygote:
    """A process that forks others. One that was started, not forked, is started again when it is gone."""

    def __init__(self, control: Channel, is_forked: bool = True) -> None:
        self._control, self._is_forked = control, is_forked
        self._lock = threading.Lock()

    @classmethod
    def start(cls) -> "Zygote":
        """A fresh interpreter, for a process with threads, such as this one, must not fork."""
        return cls(cls._start_process(), is_forked=False)

    @staticmethod
    def _start_process() -> Channel:
        ours, theirs = Channel.pair()
        subprocess.Popen(
            [sys.executable, "-m", "server.engine.worker.zygote", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
        theirs.close()
        return ours

    def fork(self, orders: dict[str, object]) -> Process:
        """A new process with these orders. Raises Closed where the zygote is gone for good."""
        ours, theirs = Channel.pair()
        try:
            pid = self._ask_again_if_gone(orders, [theirs.fileno()])["pid"]
        finally:
            theirs.close()
        return Process(self, int(str(pid)), ours)

    def hold(self, file: Path) -> "Zygote":
        """A zygote of its own that has loaded a release's quads into memory; waits until it has.

        Raises Closed or TimeoutError.
        """
        process = self.fork({"do": "hold", "file": str(file)})
        process.channel.set_timeout(START_SECONDS)
        process.channel.receive()
        process.channel.set_timeout(None)
        return Zygote(process.channel)

    def reap(self, pid: int) -> int:
        """The exit status of a child that is ending; waits for it."""
        while True:
            try:
                status = self._ask({"do": "reap", "pid": pid}, [])["status"]
            except Closed:
                return -signal.SIGKILL
            if status is not None:
                return int(str(status))
            threading.Event().wait(0.002)

    def close(self) -> None:
        """Lets the zygote end, and with it every process that it forked."""
        self._control.close()

    def _ask_again_if_gone(self, message: dict[str, object], descriptors: list[int]) -> dict[str, object]:
        try:
            return self._ask(message, descriptors)
        except Closed:
            if self._is_forked:
                raise
        with self._lock:
            self._control.close()
            self._control = self._start_process()
        return self._ask(message, descriptors)

    def _ask(self, message: dict[str, object], descriptors: list[int]) -> dict[str, object]:
        with self._lock:
            self._control.send(message, descriptors)
            return self._control.receive()[0]

"""The front's side of the zygotes: asks for disposable processes and learns how they ended."""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence

from server.front.interpreter import start_zygote
from server.processes.channel import Channel, Closed

START_SECONDS = 60.0
END_SECONDS = 5.0


class Process:
    """A disposable process: a channel to it, and the zygote that can tell how it ended."""

    def __init__(self, zygote: "Zygote", pid: int, channel: Channel) -> None:
        self.zygote, self.pid, self.channel = zygote, pid, channel
        self._status: int | None = None

    def kill(self) -> None:
        """Ends the process at once, unless it was reaped: its number may be another one's by then."""
        if self._status is not None:
            return
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def end(self) -> int:
        """Kills and reaps the process, and tells how it ended: a signal as a negative number."""
        self.channel.close()
        self.kill()
        return self.how_it_died()

    def how_it_died(self) -> int:
        """How a process ended that closed its channel without having been told to."""
        if self._status is None:
            self._status = self.zygote.reap(self.pid)
        self.channel.close()
        return self._status


class Zygote:
    """A process that forks others. One that was started, not forked, is started again when it is gone."""

    def __init__(self, control: Channel, forked: Process | None = None) -> None:
        self._control, self._forked = control, forked
        self._started: subprocess.Popen[bytes] | None = None
        self._settings: dict[str, object] = {}
        self._lock = threading.Lock()
        self.has_forked = False

    @classmethod
    def start(cls, settings: dict[str, object]) -> "Zygote":
        """A fresh interpreter, for a process with threads, such as this one, must not fork.

        `settings` are those of the app that its children run.
        """
        process, control = start_zygote(settings)
        zygote = cls(control)
        zygote._started, zygote._settings = process, settings
        return zygote

    def fork(self, orders: dict[str, object], files: Sequence[int] = ()) -> Process:
        """A new process with these orders and files. Raises Closed where the zygote is gone for good."""
        ours, theirs = Channel.pair()
        try:
            pid = self._ask(orders, [theirs.fileno(), *files], again=True)["pid"]
        except Closed:
            ours.close()
            raise
        finally:
            theirs.close()
        self.has_forked = True
        return Process(self, int(str(pid)), ours)

    def hold(self, orders: dict[str, object], quads: int, seconds: float) -> "Zygote":
        """A zygote of its own that has loaded the quads of an open file into memory; waits until it has.

        Raises Closed or TimeoutError.
        """
        process = self.fork({**orders, "do": "hold"}, [quads])
        try:
            process.channel.set_timeout(seconds)
            process.channel.receive()
            process.channel.set_timeout(None)
        except (Closed, TimeoutError):
            process.end()
            raise
        return Zygote(process.channel, process)

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
        started, self._started = self._started, None
        self._control.close()
        if started:
            _end(started)
        elif self._forked:
            # One that holds a large release takes a while to end, and whoever closes it answers a query.
            threading.Thread(target=self._forked.end, daemon=True).start()

    def _ask(
        self, message: dict[str, object], descriptors: list[int], again: bool = False
    ) -> dict[str, object]:
        """What the zygote answers; with `again`, if need be, the next zygote."""
        with self._lock:
            try:
                return self._exchange(message, descriptors)
            except Closed:
                if not again or self._started is None:
                    raise
                self._control.close()
                _end(self._started)
                self._started, self._control = start_zygote(self._settings)
                return self._exchange(message, descriptors)

    def _exchange(self, message: dict[str, object], descriptors: list[int]) -> dict[str, object]:
        self._control.send(message, descriptors)
        return self._control.receive()[0]


def _end(started: "subprocess.Popen[bytes]") -> None:
    """Waits for a zygote whose channel was closed, which is what ends it; a stuck one is killed."""
    try:
        started.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()

"""The front's side of writing: a queue, and one thread that takes what waits together to one writer."""

import os
import tempfile
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import IO

from server.engine.edit import Edit
from server.engine.interface import Written
from server.front.lanes import full
from server.front.processes import Process, Zygote
from server.processes.channel import Closed
from server.processes.outcomes import from_death, from_outcome
from server.refusal import Refused
from server.settings import MIB, Settings

MOST_TOGETHER = 64
MOST_WAITING = 256
MOST_REHEARSED = 1 << 20
WRONG_ANYWAY = ("syntax", "unreadable", "forbidden", "media-type", "too-complex", "too-large")
LOCK_SECONDS = 60.0
PUBLISH_SECONDS = 3600.0


@dataclass(eq=False, kw_only=True)
class _Job:
    edit: Edit
    body: IO[bytes]
    timeout: float
    done: "Future[Written]" = field(default_factory=Future)
    created: bool = False


class Writes:
    """Takes writes one after the other; those that wait together share one release."""

    def __init__(self, zygote: Zygote, settings: Settings) -> None:
        self._zygote = zygote
        self._orders: dict[str, object] = {
            "do": "write",
            "store": str(settings.store),
            "view": settings.default_graph == "union",
            "memory": 2 * settings.memory * MIB,
            "bytes": settings.body * MIB,
            "depth": settings.query_depth,
        }
        self._waiting: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many writes stand in the queue."""
        return len(self._waiting)

    def submit(self, edit: Edit, body: IO[bytes], timeout: float) -> Written:
        """Waits until the write is durable. The caller owns the body; the writer gets a copy.

        Raises Refused, and then nothing of the write is there.
        """
        with tempfile.TemporaryFile() as copy:
            while piece := body.read(1 << 20):
                copy.write(piece)
            copy.flush()
            job = _Job(edit=edit, body=copy, timeout=timeout)
            if edit.do == "update" or (edit.do != "delete" and copy.tell() <= MOST_REHEARSED):
                self._rehearse(job, only_look=copy.tell() > MOST_REHEARSED)
            with self._changed:
                if len(self._waiting) >= MOST_WAITING or self._closing:
                    raise full("Too many writes are waiting.")
                self._waiting.append(job)
                self._changed.notify()
            return job.done.result()

    def _rehearse(self, job: _Job, only_look: bool) -> None:
        """Refuses at once what is wrong whatever the store holds. Raises Refused."""
        writer = _Writer(self._zygote, {**self._orders, "do": "rehearse", "only_look": only_look})
        try:
            outcome = writer.tell(job)
        finally:
            writer.end()
        if outcome.get("kind") in WRONG_ANYWAY:
            raise from_outcome(outcome)

    def close(self) -> None:
        """Finishes the writes that wait, then ends."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        while jobs := self._next_jobs():
            while jobs:
                jobs = self._attempt(jobs)

    def _next_jobs(self) -> list[_Job]:
        """The writes that can share the next release; a conditional one has a release of its own."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            jobs: list[_Job] = []
            while self._waiting and len(jobs) < MOST_TOGETHER:
                if jobs and (jobs[0].edit.is_conditional or self._waiting[0].edit.is_conditional):
                    break
                jobs.append(self._waiting.popleft())
            return jobs

    def _attempt(self, jobs: list[_Job]) -> list[_Job]:
        """Makes one release of the jobs; returns those to try again because another one killed the writer."""
        try:
            writer = _Writer(self._zygote, self._orders)
        except Refused as failure:
            return _fail(jobs, failure)
        try:
            applied = []
            for job in jobs:
                try:
                    applied += [job] if writer.apply(job) else []
                except Refused as failure:
                    job.done.set_exception(failure)
                    return [other for other in jobs if not other.done.done()]
            if applied:
                release = writer.publish()
                for job in applied:
                    job.done.set_result(Written(release, job.created))
            return []
        except Refused as failure:
            return _fail(jobs, failure)
        finally:
            writer.end()


class _Writer:
    """A writer process that holds the lock of the store directory."""

    def __init__(self, zygote: Zygote, orders: dict[str, object]) -> None:
        try:
            self._process: Process = zygote.fork(orders)
        except (Closed, OSError):
            raise Refused("unavailable", "No writer could be started.", retry_after=1) from None
        try:
            self._hear(LOCK_SECONDS)
        except Refused:
            self.end()
            raise

    def apply(self, job: _Job) -> bool:
        """Hands one write over; a refused one is answered at once.

        Raises Refused where the writer died of it, or took too long.
        """
        outcome = self.tell(job)
        job.created = bool(outcome.get("created"))
        if "ok" not in outcome:
            job.done.set_exception(from_outcome(outcome))
        return "ok" in outcome

    def tell(self, job: _Job) -> dict[str, object]:
        """Hands one write over, and tells what came of it. Raises Refused."""
        os.lseek(job.body.fileno(), 0, os.SEEK_SET)
        return self._say(job.edit.to_message(), [job.body.fileno()], job.timeout)

    def publish(self) -> str:
        """Makes the release durable and current, and returns its id. Raises Refused."""
        outcome = self._say({"do": "publish", "writer": "write"}, [], PUBLISH_SECONDS)
        return str(outcome["release"])

    def end(self) -> None:
        self._process.end()

    def _say(self, message: dict[str, object], descriptors: list[int], seconds: float) -> dict[str, object]:
        try:
            self._process.channel.send(message, descriptors)
        except Closed:
            raise from_death(self._process.how_it_died(), "write") from None
        return self._hear(seconds)

    def _hear(self, seconds: float) -> dict[str, object]:
        """What the writer says next. Raises Refused where it cannot go on, or says nothing in time."""
        self._process.channel.set_timeout(seconds)
        try:
            message, _ = self._process.channel.receive()
        except TimeoutError:
            raise Refused("timeout", "The write came to its time limit.", retry_after=30) from None
        except Closed:
            raise from_death(self._process.how_it_died(), "write") from None
        if message.get("kind") == "storage":
            raise from_outcome(message)
        return message


def _fail(jobs: list[_Job], failure: Refused) -> list[_Job]:
    for job in jobs:
        if not job.done.done():
            job.done.set_exception(failure)
    return []

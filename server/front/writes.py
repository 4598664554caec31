"""The front's side of writing: a queue, and one thread that takes what waits together to one writer."""

import tempfile
import threading
from collections import deque
from typing import IO

from loader.query.mistakes.mistake import Remark
from server.engine.edit import Edit
from server.engine.interface import Written
from server.front.lanes import full
from server.front.processes import Zygote
from server.front.writer_process import Write, WriterProcess
from server.processes.outcomes import from_outcome
from server.refusal import Refused
from server.settings import MIB, Settings

MOST_TOGETHER = 64
MOST_WAITING = 256
MOST_REHEARSED = 1 << 20
WRONG_ANYWAY = ("syntax", "unreadable", "forbidden", "media-type", "too-complex", "too-large")


class Writes:
    """Takes writes one after the other; those that wait together share one release."""

    def __init__(self, zygote: Zygote, settings: Settings) -> None:
        self._zygote = zygote
        self._orders: dict[str, object] = {
            "do": "write",
            "store": str(settings.store),
            "activate_in": settings.activate_in,
            "view": settings.default_graph == "union",
            "memory": 2 * settings.memory * MIB,
            "bytes": settings.body * MIB,
            "depth": settings.query_depth,
        }
        self._waiting: deque[Write] = deque()
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
            job = Write(edit=edit, body=copy, timeout=timeout)
            if edit.do == "update" or (edit.do != "delete" and copy.tell() <= MOST_REHEARSED):
                self._rehearse(job, only_look=copy.tell() > MOST_REHEARSED)
            with self._changed:
                if len(self._waiting) >= MOST_WAITING or self._closing:
                    raise full(Remark("The server is busy: too many writes are waiting."))
                self._waiting.append(job)
                self._changed.notify()
            return job.done.result()

    def _rehearse(self, job: Write, only_look: bool) -> None:
        """Refuses at once what is wrong whatever the store holds. Raises Refused."""
        writer = WriterProcess(self._zygote, {**self._orders, "do": "rehearse", "only_look": only_look})
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

    def _next_jobs(self) -> list[Write]:
        """The writes that can share the next release; a conditional one has a release of its own."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            jobs: list[Write] = []
            while self._waiting and len(jobs) < MOST_TOGETHER:
                if jobs and (jobs[0].edit.is_conditional or self._waiting[0].edit.is_conditional):
                    break
                jobs.append(self._waiting.popleft())
            return jobs

    def _attempt(self, jobs: list[Write]) -> list[Write]:
        """Makes one release of the jobs; returns those to try again because another one killed the writer."""
        try:
            writer = WriterProcess(self._zygote, self._orders)
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


def _fail(jobs: list[Write], failure: Refused) -> list[Write]:
    for job in jobs:
        if not job.done.done():
            job.done.set_exception(failure)
    return []

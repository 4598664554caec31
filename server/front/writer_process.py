"""A writer process as the front has it: it takes one write after the other, and publishes them together."""

import os
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import IO

from loader.query.mistakes.mistake import Remark
from server.engine.edit import Edit
from server.engine.interface import Written
from server.front.processes import Process, Zygote
from server.processes.channel import Closed
from server.processes.outcomes import from_death, from_outcome
from server.refusal import Refused

LOCK_SECONDS = 60.0
PUBLISH_SECONDS = 3600.0


@dataclass(eq=False, kw_only=True)
class Write:
    """A write that waits; its body belongs to the one who waits for `done`."""

    edit: Edit
    body: IO[bytes]
    timeout: float
    done: "Future[Written]" = field(default_factory=Future)
    created: bool = False


class WriterProcess:
    """A writer process that holds the lock of the store directory."""

    def __init__(self, zygote: Zygote, orders: dict[str, object]) -> None:
        try:
            self._process: Process = zygote.fork(orders)
        except (Closed, OSError):
            raise Refused("unavailable", Remark("No worker could be started."), retry_after=1) from None
        try:
            self._hear(LOCK_SECONDS)
        except Refused:
            self.end()
            raise

    def apply(self, job: Write) -> bool:
        """Hands one write over; a refused one is answered at once.

        Raises Refused where the writer died of it, or took too long.
        """
        outcome = self.tell(job)
        job.created = bool(outcome.get("created"))
        if "ok" not in outcome:
            job.done.set_exception(from_outcome(outcome))
        return "ok" in outcome

    def tell(self, job: Write) -> dict[str, object]:
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
            raise Refused("timeout", Remark("The write reached its time limit."), retry_after=30) from None
        except Closed:
            raise from_death(self._process.how_it_died(), "write") from None
        if message.get("kind") == "storage":
            raise from_outcome(message)
        return message

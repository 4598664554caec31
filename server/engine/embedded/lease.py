"""One query from its start in a reader to its last byte: what it holds is given back exactly once."""

import threading
from collections.abc import Callable, Iterator

from server.engine.embedded.readers import Readers
from server.engine.embedded.run import Run
from server.engine.interface import EngineFailure, Question


class Flight:
    """A query at work; until it lands it owns a reader, and a place that `leave` gives back."""

    def __init__(
        self,
        readers: Readers,
        question: Question,
        job: dict[str, object],
        leave: Callable[[], None],
    ) -> None:
        self.readers, self._leave = readers, leave
        self._lock = threading.Lock()
        self._landed = False
        self._departure, self._may_use_network = question.departure, question.may_use_network
        self._old = False
        try:
            self._start(job, question.text)
        except BaseException:
            leave()
            raise
        question.departure.on(self._client_left)

    def _start(self, job: dict[str, object], text: str) -> None:
        """An idle reader may have died unnoticed; then the next one is asked."""
        while True:
            self.process = self.readers.borrow(self._may_use_network)
            try:
                self.run = Run(self.process, job, text)
                return
            except EngineFailure:
                self.readers.discard(self.process)
            except OSError:
                self.readers.discard(self.process)
                raise EngineFailure("unavailable", "No query can be started.", retry_after=1) from None

    def first_part(self, until: float) -> bytes | None:
        """The whole answer or its beginning; None where it is not there at this monotonic time.

        Raises EngineFailure, after having landed.
        """
        try:
            return self.run.first_part(until)
        except EngineFailure as failure:
            self.land()
            raise self._explain(failure) from None

    def change_place(self, leave: Callable[[], None]) -> None:
        """Gives the place back for one that was taken elsewhere."""
        self._leave()
        self._leave = leave

    def grow_old(self) -> None:
        """Runs behind younger queries from now on."""
        self._old = True
        self.run.grow_old()

    def land(self) -> None:
        """Gives back the reader, if it finished its work, and the place."""
        with self._lock:
            if self._landed:
                return
            self._landed = True
        self.run.close()
        if self.run.finished and not self._may_use_network and (not self._old or self.run.grow_young()):
            self.readers.give_back(self.process, self.run.grown)
        else:
            self.readers.discard(self.process)
        self._leave()

    def rest(self, patience: float) -> Iterator[bytes]:
        """What follows the first part; lands at its end."""
        try:
            yield from self.run.rest(patience)
        except EngineFailure as failure:
            raise self._explain(failure) from None
        finally:
            self.land()

    def _client_left(self) -> None:
        with self._lock:
            if not self._landed:
                self.process.kill()

    def _explain(self, failure: EngineFailure) -> EngineFailure:
        return EngineFailure("gone", "The client left.") if self._departure.happened else failure


class Body:
    """The bytes of an answer; closing it ends the work on the answer even if no byte was ever taken."""

    def __init__(self, first: bytes, rest: Iterator[bytes], flight: Flight) -> None:
        self._first: bytes | None = first
        self._rest, self._flight = rest, flight

    def __iter__(self) -> "Body":
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._rest)

    def close(self) -> None:
        self._flight.land()

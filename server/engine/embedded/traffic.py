"""Lets queries run so that cheap ones pass dear ones, and no client crowds out the others."""

import threading
import time
from collections import Counter, OrderedDict

from server.engine.embedded.client_budget import Budget
from server.engine.embedded.lease import Body, Flight
from server.engine.embedded.readers import Readers
from server.engine.interface import Answer, EngineFailure, Question
from server.engine.lanes import Lane, full

TURN_SECONDS = 0.08
MOST_STREAMS = 16
MOST_REMEMBERED = 1000
Job = dict[str, object]


class Traffic:
    """Every query has a first turn among the young. If it takes longer, it goes on among the old, behind
    younger ones; where no place is free there, it is stopped, waits, and begins anew.

    Half of the `running` places are for the young. `burst` is how many seconds among the old one client may
    take at once; half as much comes back a minute.
    """

    def __init__(self, running: int, queue: int, burst: float) -> None:
        self._young = Lane(max(1, running // 2), queue)
        self._old = Lane(max(1, running // 2), queue)
        self._streams: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._budget = Budget(burst, burst / 120)
        self._dear: OrderedDict[tuple[str, str], None] = OrderedDict()

    def answer(self, readers: Readers, question: Question, job: Job) -> Answer:
        """Runs a job for a question. Raises EngineFailure."""
        deadline = time.monotonic() + question.timeout
        key = (readers.release_id, question.text)
        if key not in self._dear:
            answer = self._first_turn(readers, question, job, deadline)
            if answer:
                return answer
            self._remember_dear(key)
        self._budget.check(question.client)
        self._old.enter(question.client, deadline, question.departure)
        flight = Flight(readers, question, job, self._old.leave)
        return self._answer(flight, self._among_the_old(flight, question, deadline), question)

    def gauges(self) -> dict[str, float]:
        """How many wait and work at this moment."""
        return {
            "waiting_young": self._young.waiting,
            "waiting_old": self._old.waiting,
            "running_young": self._young.running,
            "running_old": self._old.running,
            "streams": self._streams.total(),
        }

    def _first_turn(self, readers: Readers, question: Question, job: Job, deadline: float) -> Answer | None:
        """The answer, or None where the query took more than its turn and there is no place for old ones."""
        self._young.enter(question.client, deadline, question.departure)
        flight = Flight(readers, question, job, self._young.leave)
        first = flight.first_part(min(deadline, time.monotonic() + TURN_SECONDS))
        if first is None:
            self._check_budget(flight, question.client)
            if not self._old.try_enter():
                flight.land()
                return None
            flight.change_place(self._old.leave)
            first = self._among_the_old(flight, question, deadline)
        return self._answer(flight, first, question)

    def _check_budget(self, flight: Flight, client: str) -> None:
        """Ends a flight whose client has no time left for long queries. Raises EngineFailure."""
        try:
            self._budget.check(client)
        except EngineFailure:
            flight.land()
            raise

    def _among_the_old(self, flight: Flight, question: Question, deadline: float) -> bytes:
        """The first part of an answer, at the expense of the client's budget."""
        flight.grow_old()
        began = time.monotonic()
        try:
            first = flight.first_part(deadline)
        finally:
            self._budget.charge(question.client, time.monotonic() - began)
        if first is None:
            flight.land()
            raise EngineFailure("timeout", "The query came to its time limit.", retry_after=30)
        return first

    def _answer(self, flight: Flight, first: bytes, question: Question) -> Answer:
        """A whole answer gives everything back at once; a long one keeps its reader, but not its place."""
        release = flight.readers.release_id
        if flight.run.finished:
            flight.land()
            return Answer(release, iter([first]), len(first))
        if not self._take_stream(question.client):
            flight.land()
            raise full("Too many long answers are on their way.")
        flight.change_place(lambda: self._give_stream_back(question.client))
        return Answer(release, Body(first, flight.rest(question.timeout), flight), None)

    def _take_stream(self, client: str) -> bool:
        """One client has at most half of them."""
        with self._lock:
            taken = self._streams.total() < MOST_STREAMS and self._streams[client] < MOST_STREAMS // 2
            self._streams[client] += taken
            return taken

    def _give_stream_back(self, client: str) -> None:
        with self._lock:
            self._streams[client] -= 1
            self._streams += Counter()  # forgets clients without any

    def _remember_dear(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._dear[key] = None
            if len(self._dear) > MOST_REMEMBERED:
                self._dear.popitem(last=False)

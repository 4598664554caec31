"""A stream of writes, each of ten triples, and the proof afterwards of what became of each."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

from .client import put, query, send, update
from .service import Service

TRIPLES = 10
WRITERS = 3
COUNT = "SELECT ?s (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:heavy:p> ?o } } GROUP BY ?s"


class Stream:
    """Writes until told to stop; every second one replaces a graph, the others are updates."""

    def __init__(self, service: Service, name: str) -> None:
        self._service, self._name = service, name
        self._numbers = itertools.count()
        self._stop = threading.Event()
        self.acknowledged: set[str] = set()
        self.failed: dict[str, str] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> "Stream":
        self._threads = [threading.Thread(target=self._work) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()
        return self

    def write_some(self, number: int) -> None:
        """So many writes, three at a time."""
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(self.write, range(number)))

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            self.write(next(self._numbers))

    def write(self, number: int) -> bool:
        """One write; whether it was acknowledged."""
        subject = f"urn:heavy:{self._name}:{number}"
        triples = "".join(f"<{subject}> <urn:heavy:p> {i} .\n" for i in range(TRIPLES))
        if number % 2:
            request = update(f"INSERT DATA {{ GRAPH <urn:heavy:g> {{ {triples} }} }}")
        else:
            request = put(subject, "text/turtle", triples.encode())
        reply = send(self._service, request, patience=30)
        if reply.status in (200, 201, 204):
            self.acknowledged.add(subject)
        else:
            self.failed[subject] = f"{reply.status} {reply.text[:160]}"
            self._stop.wait(0.1)
        return subject in self.acknowledged


def broken_promises(service: Service, acknowledged: set[str]) -> list[str]:
    """Writes that were acknowledged and are not there, and those of which only a part is."""
    reply = send(service, query(COUNT, accept="text/csv"))
    if reply.status != 200:
        return [f"the writes cannot be counted: {reply.status} {reply.text[:100]}"]
    rows = (line.split(",") for line in reply.text.splitlines()[1:])
    found = {subject: int(number) for subject, number in rows}
    lost = [subject for subject in acknowledged if subject not in found]
    torn = [f"{subject} has {number}" for subject, number in found.items() if number != TRIPLES]
    return [f"lost: {subject}" for subject in lost[:3]] + [f"torn: {told}" for told in torn[:3]]

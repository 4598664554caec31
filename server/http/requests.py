"""Counts and times the requests of one server, for `/metrics` and the log."""

import secrets
import time
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from server.http.asgi_types import Message, Send
from server.logs import log

BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)


class Requests(Collector):
    """How many requests got which status, and how long they took until their last byte."""

    def __init__(self) -> None:
        self._by_status: dict[int, int] = {}
        self._by_bucket = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0

    def observe(self, status: int, seconds: float) -> None:
        """Counts one request; called by the event loop's thread alone."""
        self._by_status[status] = self._by_status.get(status, 0) + 1
        self._by_bucket[sum(seconds > bound for bound in BUCKETS)] += 1
        self._seconds += seconds

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily("unmissions_requests", "Requests by status", labels=["status"])
        for status, number in sorted(self._by_status.copy().items()):
            requests.add_metric([str(status)], number)
        yield requests
        names = [*map(str, BUCKETS), "+Inf"]
        totals = [sum(self._by_bucket[: index + 1]) for index in range(len(names))]
        yield HistogramMetricFamily(
            "unmissions_request_seconds",
            "Seconds from a request's head to its answer's last byte",
            buckets=list(zip(names, totals, strict=True)),
            sum_value=self._seconds,
        )


class Observed:
    """One request: gives its answer an id, and counts and logs it when it is over."""

    def __init__(self, requests: Requests, scope: Message, send: Send) -> None:
        self._requests, self._scope, self._send = requests, scope, send
        self.id = secrets.token_hex(8)
        self._began = time.monotonic()
        self._status = 499
        self._bytes = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", self.id.encode())]
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def finish(self, from_cache: bool) -> None:
        seconds = time.monotonic() - self._began
        self._requests.observe(self._status, seconds)
        write = log.debug if from_cache else log.info
        write(
            "request",
            id=self.id,
            method=self._scope["method"],
            path=self._scope["path"],
            status=self._status,
            bytes=self._bytes,
            seconds=round(seconds, 4),
            client=(self._scope.get("client") or ("",))[0],
        )

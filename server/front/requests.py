"""Counts and times the requests of one server, for `/metrics`."""

from bisect import bisect_left
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

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
        self._by_bucket[bisect_left(BUCKETS, seconds)] += 1
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

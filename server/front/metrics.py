"""The numbers of the cache of answers, for `/metrics`."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.front.cache import Cache


class CacheNumbers(Collector):
    """Reads the cache at the moment of the request."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        yield CounterMetricFamily("unmissions_cache_hits", "Answers from the cache", value=self._cache.hits)
        yield CounterMetricFamily(
            "unmissions_cache_misses", "Requests not in the cache", value=self._cache.misses
        )
        yield GaugeMetricFamily("unmissions_cache_bytes", "Bytes in the cache", value=self._cache.size)

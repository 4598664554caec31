"""`/metrics`: the numbers of the service in the Prometheus text format."""

import os
from collections.abc import Iterator

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from server.http.state import State, state
from server.operations.process_tree import tree_memory

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Everything, as it is now."""
    registry = CollectorRegistry()
    registry.register(_Numbers(state()))
    for collector in state().collectors:
        registry.register(collector)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Numbers(Collector):
    """Reads the engine at the moment of the request."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        engine = self._state.engine
        outcomes = CounterMetricFamily(
            "unmissions_engine_outcomes", "Queries and writes by how they ended", labels=["outcome"]
        )
        for outcome, number in engine.outcomes().items():
            outcomes.add_metric([outcome], number)
        yield outcomes
        for name, value in engine.gauges().items():
            yield GaugeMetricFamily(f"unmissions_{name}", _HELP[name], value=value)
        memory = tree_memory(os.getpid())
        yield GaugeMetricFamily("unmissions_processes", "Processes of the server", value=memory["processes"])
        yield GaugeMetricFamily(
            "unmissions_memory_bytes", "Proportional memory of all processes", value=memory["bytes"]
        )


_HELP = {
    "release_number": "Number of the release that answers",
    "release_age_seconds": "Seconds since the release that answers was written",
    "release_quads": "Quads of the release that answers",
    "waiting_young": "Queries that wait for their first turn",
    "waiting_old": "Long queries that wait for a place",
    "running_young": "Queries in their first turn",
    "running_old": "Long queries at work",
    "streams": "Answers being streamed to their readers",
    "waiting_writes": "Writes that wait",
}

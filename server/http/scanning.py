"""Looks at SPARQL texts, long ones one at a time: a look holds up every thread of the server."""

import time

from flask import request

from server.engine.lanes import Lane
from server.engine.scan import Limits, Scanned, scan
from server.http.state import departure, state

LONG = 4096
QUERY_PATIENCE = 0.5
UPDATE_PATIENCE = 60.0


def look_at_query(text: str) -> Scanned:
    """What one look tells of a query from outside. Raises EngineFailure."""
    return _look(text, state().limits, state().long_queries, QUERY_PATIENCE)


def look_at_update(text: str) -> Scanned:
    """The same for an update, which may be far longer and holds up no query in its turn."""
    return _look(text, state().update_limits, state().long_updates, UPDATE_PATIENCE)


def _look(text: str, limits: Limits, turns: Lane, patience: float) -> Scanned:
    if not LONG < len(text) <= limits.bytes:
        return scan(text, limits)
    turns.enter(request.remote_addr or "", time.monotonic() + patience, departure())
    try:
        return scan(text, limits)
    finally:
        turns.leave()

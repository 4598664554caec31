"""Looks at SPARQL texts, long ones one at a time: a look holds up every thread of the server."""

import time

from flask import request

from server.engine.scan import Limits, Scanned, scan
from server.web.state import departure, state

LONG = 4096
PATIENCE_SECONDS = 5.0


def look(text: str, limits: Limits) -> Scanned:
    """What one look tells of a text from outside. Raises EngineFailure."""
    if not LONG < len(text) <= limits.bytes:
        return scan(text, limits)
    turns = state().long_texts
    turns.enter(request.remote_addr or "", time.monotonic() + PATIENCE_SECONDS, departure())
    try:
        return scan(text, limits)
    finally:
        turns.leave()

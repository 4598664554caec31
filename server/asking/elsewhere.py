"""What a saved query calls by SERVICE: the same endpoints that may be called by one that is typed."""

import re

from flask import has_request_context

from server.engine.scan import scan
from server.http.needs import need_network
from server.http.state import state

_MAY_CALL = re.compile("service", re.IGNORECASE)


def called(text: str) -> tuple[str, ...]:
    """The endpoints that a query calls; whoever asks at a shell may call any.

    Raises Refused where one is not on the list, and NeedsNetwork where this process has none.
    """
    if not _MAY_CALL.search(text) or not has_request_context():
        return ()
    scanned = scan(text, state().limits)
    if "SERVICE" in scanned.words:
        need_network(scanned.services)
    return scanned.services

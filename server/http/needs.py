"""What a request may find out that it needs of the process it runs in."""

from collections.abc import Callable, Sequence

from flask import request

from server.http.environ import BARE, EXPLAINING, NETWORK
from server.http.state import state


class NeedsNetwork(BaseException):
    """The request calls endpoints that it may ask, and this process has no network; no app may catch it."""

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__(*services)
        self.services = services


def need_network(services: Sequence[str]) -> None:
    """Goes on where there is a network, or nobody may be asked anyway. Raises NeedsNetwork."""
    if state().limits.services and not request.environ.get(NETWORK, True):
        raise NeedsNetwork(services)


def may_explain() -> bool:
    """Whether to try what may take the whole answer with it; the front is told, and can do without."""
    if request.environ.get(BARE, False):
        return False
    tell: Callable[[], None] | None = request.environ.get(EXPLAINING)
    if tell:
        tell()
    return True

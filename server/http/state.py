"""What every address of one app shares."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from flask import Flask, current_app, request

from server.engine.interface import Departure, Engine
from server.engine.lanes import Lane
from server.engine.scan import Limits
from server.http.cache import Cache
from server.http.requests import Requests
from server.settings import Settings

NAME = "unmissions"
DEPARTURE = "unmissions.departure"


@dataclass(frozen=True)
class State:
    """The engine, settings, cache and count of requests of an app; turns for long texts."""

    engine: Engine
    settings: Settings
    cache: Cache
    requests: Requests
    long_queries: Lane = field(default_factory=lambda: Lane(places=1, queue=32))
    long_updates: Lane = field(default_factory=lambda: Lane(places=1, queue=32))

    @cached_property
    def write_token(self) -> str:
        """The token that writes must bear, or an empty string where nobody may write."""
        return self.settings.write_token

    @cached_property
    def update_limits(self) -> Limits:
        """Those of updates, which may be as long as any other write."""
        most = self.settings.body << 20
        return replace(self.limits, bytes=most, tokens=most)

    @cached_property
    def limits(self) -> Limits:
        settings = self.settings
        own = {f"{settings.address}/sparql", f"{settings.address}/query"}
        return Limits(settings.query_bytes, settings.query_depth, services=settings.allowed_services - own)


def attach(app: Flask, state: State) -> None:
    app.extensions[NAME] = state


def state() -> State:
    """The state of the app that answers the request at hand."""
    found = current_app.extensions[NAME]
    assert isinstance(found, State)
    return found


def departure() -> Departure:
    """Tells when the client of the request at hand leaves; the shell puts it there."""
    found = request.environ.get(DEPARTURE)
    return found if isinstance(found, Departure) else Departure()

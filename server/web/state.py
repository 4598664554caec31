"""What every address of one app shares."""

from dataclasses import dataclass

from flask import Flask, current_app, request

from server.engine.embedded import EmbeddedEngine
from server.engine.interface import Departure
from server.engine.scan import Limits
from server.settings import Settings

NAME = "unmissions"
DEPARTURE = "unmissions.departure"


@dataclass(frozen=True)
class State:
    """The engine and the settings of an app."""

    engine: EmbeddedEngine
    settings: Settings

    @property
    def limits(self) -> Limits:
        settings = self.settings
        return Limits(settings.query_bytes, settings.query_depth, services=settings.allowed_services)


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

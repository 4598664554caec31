"""What every address of one app shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flask import Flask, current_app
from prometheus_client.registry import Collector

from server.engine.interface import Engine
from server.engine.query_limits import Limits
from server.memory import Memory
from server.settings import Settings

NAME = "unmissions"


@dataclass(frozen=True, kw_only=True)
class State:
    """The engine and settings of an app, whoever has more numbers to tell, and what is remembered.

    `is_writable` says whether one may write here.
    """

    engine: Engine
    settings: Settings
    collectors: Sequence[Collector] = ()
    is_writable: bool = False
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def write_token(self) -> str:
        """The token that writes must bear, or an empty string where nobody may write."""
        return self.settings.write_token

    @cached_property
    def limits(self) -> Limits:
        """What a query from outside may be."""
        settings = self.settings
        own = {f"{settings.address}/sparql", f"{settings.address}/query"}
        return Limits(
            bytes=settings.query_bytes, depth=settings.query_depth, services=settings.allowed_services - own
        )


def attach(app: Flask, state: State) -> None:
    app.extensions[NAME] = state


def state() -> State:
    """The state of the app that answers the request at hand."""
    found = current_app.extensions[NAME]
    assert isinstance(found, State)
    return found

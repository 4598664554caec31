"""The app as a worker runs it, with the release that it answers from."""

import math
from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph as ox
from flask import Flask

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.engine import RemoteEngine
from server.engine.remote.placement import ELSEWHERE_PART
from server.engine.snapshot import Snapshot
from server.http.state import NAME
from server.logs import configure
from server.processes.frames import Request
from server.refusal import Refused
from server.search.index import keep_index
from server.search.others import NamesOfOthers
from server.settings import IS_WRITABLE, RELAY, Settings
from server.worker.answering import Sender, set_alarm
from server.worker.quick import Quick
from server.worker.warming import prepare, warm


class WorkerApp:
    """Made once, before there are data; each child of the zygote inherits it and moves a release in."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        given = {name: value for name, value in settings.items() if name not in (IS_WRITABLE, RELAY)}
        self._settings = Settings(**given)  # type: ignore[arg-type]  # the front's own, as JSON
        configure(self._settings.log_level)
        self._engine = self._engine_by(str(settings[RELAY]))
        self.flask_app: Flask = create_app(
            self._engine, self._settings, is_writable=bool(settings[IS_WRITABLE])
        )
        prepare(self.flask_app, self._engine)
        self._quick = self._quick_way()
        self.is_alone = False
        self.held: frozenset[str] = frozenset()

    @property
    def seconds(self) -> int:
        """How long anything may take that is asked."""
        return math.ceil(self._settings.timeout)

    @property
    def is_remote(self) -> bool:
        """Whether the data are in another engine, so that there is no store to be opened or held."""
        return isinstance(self._engine, RemoteEngine)

    def _engine_by(self, relay: str) -> LocalEngine | RemoteEngine:
        settings = self._settings
        if settings.engine:
            endpoint = RemoteEndpoint(url=settings.engine, relay=relay)
            return RemoteEngine(settings.store, endpoint, settings.default_graph)
        return LocalEngine(
            settings.store, settings.default_graph, alarm=self._alarm, is_replica=settings.is_replica
        )

    def _quick_way(self) -> Quick | None:
        """None where the engine is elsewhere: a refusal there would be asked for twice."""
        if not isinstance(self._engine, LocalEngine):
            return None
        return Quick(self._engine, self._settings, self.flask_app.extensions[NAME].limits)

    def _alarm(self, seconds: float) -> None:
        """Ends the process that evaluates too long; the front itself holds to the limit of the server."""
        if seconds < self._settings.timeout:
            set_alarm(seconds)

    def hold(self, snapshot: Snapshot, stores: Mapping[str, ox.Store], alone: bool) -> None:
        """Answers from these stores of a release from now on, and from those that it holds of it already.

        `alone` says that there is no network.
        """
        self._engine.pin(snapshot, stores)
        self.is_alone, self.held = alone, self.held | (stores.keys() or {ELSEWHERE_PART})

    def warm(self) -> None:
        """Looks at every kind of page once: what lasts as long as the release is not made by each worker."""
        warm(self.flask_app)

    def names_of_others(self) -> bytes:
        """The names that data sets give, for `keep_names` of another process. Raises Refused."""
        with self.flask_app.app_context():
            return NamesOfOthers.read(self._engine.snapshot()).packed()

    def keep_names(self, names: bytes) -> None:
        """Makes the index of a search for every process that is forked later, if these are names."""
        with self.flask_app.app_context(), suppress(Refused):
            if names:
                keep_index(self._engine.snapshot(), NamesOfOthers.unpacked(names))

    def quick(self, request: Request, sender: Sender) -> bool:
        """Answers a plain query without the app's hooks, where that is the same; says whether it did."""
        return self._quick is not None and self._quick.answer(request, sender)

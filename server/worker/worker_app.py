"""The app as a worker runs it, with the release that it answers from."""

from collections.abc import Mapping

import pyoxigraph as ox
from flask import Flask

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.engine.snapshot import Snapshot
from server.http.state import NAME
from server.logs import configure
from server.processes.frames import Request
from server.settings import IS_WRITABLE, Settings
from server.worker.answering import Sender, set_alarm
from server.worker.quick import Quick
from server.worker.warming import prepare, warm


class WorkerApp:
    """Made once, before there are data; each child of the zygote inherits it and moves a release in."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        given = {name: value for name, value in settings.items() if name != IS_WRITABLE}
        self._settings = Settings(**given)  # type: ignore[arg-type]  # the front's own, as JSON
        configure(self._settings.log_level)
        self._engine = LocalEngine(
            self._settings.store,
            self._settings.default_graph,
            alarm=self._alarm,
            is_replica=self._settings.is_replica,
        )
        self.flask_app: Flask = create_app(
            self._engine, self._settings, is_writable=bool(settings[IS_WRITABLE])
        )
        prepare(self.flask_app, self._engine)
        self._quick = Quick(self._engine, self._settings, self.flask_app.extensions[NAME].limits)
        self.is_alone = False
        self.held: frozenset[str] = frozenset()

    def _alarm(self, seconds: float) -> None:
        """Ends the process that evaluates too long; the front itself holds to the limit of the server."""
        if seconds < self._settings.timeout:
            set_alarm(seconds)

    def hold(self, snapshot: Snapshot, stores: Mapping[str, ox.Store], alone: bool) -> None:
        """Answers from these stores of a release from now on, and from those that it holds of it already.

        `alone` says that there is no network.
        """
        self._engine.pin(snapshot, stores)
        self.is_alone, self.held = alone, self.held | stores.keys()

    def warm(self) -> None:
        """Looks at every kind of page once: what lasts as long as the release is not made by each worker."""
        warm(self.flask_app)

    def quick(self, request: Request, sender: Sender) -> bool:
        """Answers a plain query without the app's hooks, where that is the same; says whether it did."""
        return self._quick.answer(request, sender)

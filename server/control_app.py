"""Makes the Flask app of the front: what writes, watches over the service or hands out files, and no more.

Its process starts sooner for what it does not load, and less can go wrong in it.
"""

from collections.abc import Sequence

from flask import Flask
from prometheus_client.registry import Collector

from server.dumps import routes as dumps
from server.editor import links_kept
from server.engine.interface import Engine
from server.http import encoding, headers, parameters, problems
from server.http.state import State, attach
from server.operations import health, metrics, offers
from server.page import render
from server.settings import Settings
from server.sparql import graphs, update


def create_control_app(
    engine: Engine, settings: Settings, collectors: Sequence[Collector] = (), is_writable: bool = False
) -> Flask:
    """The app on an engine, which the caller owns and closes; `collectors` have more numbers to tell."""
    app = Flask("server", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    attach(app, State(engine=engine, settings=settings, collectors=collectors, is_writable=is_writable))
    problems.init_app(app)
    parameters.init_app(app)
    encoding.init_app(app)
    headers.init_app(app)
    render.init_app(app)
    for module in (dumps, links_kept, update, graphs, health, metrics, offers):
        app.register_blueprint(module.blueprint)
    return app

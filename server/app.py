"""Makes the Flask app from what it serves."""

from flask import Flask

from server.browse import routes as browse
from server.dumps import routes as dumps
from server.editor import routes as editor
from server.engine.embedded.engine import EmbeddedEngine
from server.exports.files import EXPORTS
from server.http import encoding, headers, problems
from server.http.cache import Cache
from server.http.requests import Requests
from server.http.state import State, attach
from server.ontology import routes as ontology
from server.operations import health, metrics
from server.page import render as look
from server.queries import routes as queries
from server.search import routes as search
from server.settings import Settings
from server.site import home, robots
from server.sources import routes as sources
from server.sparql import graphs, update, void
from server.sparql import query as sparql
from server.things import routes as things


def create_app(engine: EmbeddedEngine, settings: Settings, cache: Cache, requests: Requests) -> Flask:
    """The app on an engine; the caller owns the engine and closes it."""
    app = Flask("server", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    attach(app, State(engine, settings, cache, requests))
    problems.init_app(app)
    encoding.init_app(app, packed=[export.media_type for export in EXPORTS if export.is_packed])
    headers.init_app(app)
    look.init_app(app)
    things.init_app(app)
    for module in (
        home,
        browse,
        ontology,
        search,
        queries,
        sources,
        dumps,
        robots,
        sparql,
        editor,
        update,
        graphs,
        void,
        health,
        metrics,
    ):
        app.register_blueprint(module.blueprint)
    return app

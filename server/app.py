"""Makes the Flask app from what it serves."""

from flask import Flask

from server.engine.embedded import EmbeddedEngine
from server.settings import Settings
from server.shell.cache import Cache
from server.shell.requests import Requests
from server.web import (
    browse,
    dumps,
    editor,
    encoding,
    graphs,
    headers,
    health,
    home,
    look,
    metrics,
    ontology,
    problems,
    queries,
    robots,
    search,
    sources,
    sparql,
    things,
    update,
    void,
)
from server.web.state import State, attach


def create_app(engine: EmbeddedEngine, settings: Settings, cache: Cache, requests: Requests) -> Flask:
    """The app on an engine; the caller owns the engine and closes it."""
    app = Flask("server", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    attach(app, State(engine, settings, cache, requests))
    problems.init_app(app)
    encoding.init_app(app)
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

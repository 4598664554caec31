"""Makes the Flask app from what it serves."""

from flask import Flask

from server.engine.embedded import EmbeddedEngine
from server.settings import Settings
from server.web import graphs, health, problems, sparql, update
from server.web.state import State, attach


def create_app(engine: EmbeddedEngine, settings: Settings) -> Flask:
    """The app on an engine; the caller owns the engine and closes it."""
    app = Flask("server", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    attach(app, State(engine, settings))
    problems.init_app(app)
    app.register_blueprint(sparql.blueprint)
    app.register_blueprint(update.blueprint)
    app.register_blueprint(graphs.blueprint)
    app.register_blueprint(health.blueprint)
    return app

"""Makes the Flask app from what it serves."""

from collections.abc import Sequence

from flask import Flask
from prometheus_client.registry import Collector

from server.browse import routes as browse
from server.dumps import difference
from server.dumps import routes as dumps
from server.editor import routes as editor
from server.embed import routes as embed
from server.engine.interface import Engine
from server.help import routes as help_pages
from server.http import encoding, headers, parameters, problems
from server.http.state import State, attach
from server.ontology import routes as ontology
from server.operations import health, metrics, offers
from server.page import render
from server.queries import report_routes as reports
from server.queries import routes as queries
from server.reconcile import routes as reconcile
from server.search import routes as search
from server.settings import Settings
from server.site import home, robots, shortcuts
from server.sources import routes as sources
from server.sparql import graphs, update, void
from server.sparql import query as sparql
from server.things import routes as things


def create_app(
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
    things.init_app(app)
    for module in (
        home,
        browse,
        ontology,
        search,
        queries,
        reports,
        sources,
        dumps,
        difference,
        reconcile,
        help_pages,
        robots,
        shortcuts,
        sparql,
        editor,
        embed,
        update,
        graphs,
        void,
        health,
        metrics,
        offers,
    ):
        app.register_blueprint(module.blueprint)
    return app

"""Makes the Flask app from what it serves: every subject, over what the front answers itself."""

from collections.abc import Sequence

from flask import Flask
from prometheus_client.registry import Collector

from server.browse import routes as browse
from server.control_app import create_control_app
from server.dumps import difference
from server.editor import routes as editor
from server.embed import routes as embed
from server.engine.interface import Engine
from server.help import routes as help_pages
from server.ontology import routes as ontology
from server.queries import report_routes as reports
from server.queries import routes as queries
from server.reconcile import routes as reconcile
from server.search import routes as search
from server.settings import Settings
from server.site import home, robots, shortcuts
from server.sources import routes as sources
from server.sparql import query as sparql
from server.sparql import void
from server.things import routes as things


def create_app(
    engine: Engine, settings: Settings, collectors: Sequence[Collector] = (), is_writable: bool = False
) -> Flask:
    """The app on an engine, which the caller owns and closes; `collectors` have more numbers to tell."""
    app = create_control_app(engine, settings, collectors, is_writable)
    things.init_app(app)
    for module in (
        home,
        browse,
        ontology,
        search,
        queries,
        reports,
        sources,
        difference,
        reconcile,
        help_pages,
        robots,
        shortcuts,
        sparql,
        editor,
        embed,
        void,
    ):
        app.register_blueprint(module.blueprint)
    return app

"""`/health`: whether the service lives and is ready, and the limits in force."""

from flask import Blueprint, Response, jsonify

from server.http.state import state
from server.sparql.description import limits

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@blueprint.get("/health/ready")
def ready() -> Response:
    """Ready: there is a release, and it can be asked. Raises Refused (503) where not."""
    engine = state().engine
    return jsonify({"status": "ready", **engine.health(), "limits": limits()})


@blueprint.get("/health/live")
def live() -> Response:
    """Alive: this process answers."""
    return jsonify({"status": "live"})

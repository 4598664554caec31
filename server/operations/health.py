"""`/health`: whether the service lives and is ready, and the limits in force."""

from flask import Blueprint, Response, jsonify

from loader.query.mistakes.mistake import Remark
from loader.replicas.following import Behind
from server.http.state import state
from server.refusal import Refused
from server.sparql.description import limits

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@blueprint.get("/health/ready")
def ready() -> Response:
    """Ready: there is a release, and it can be asked. Raises Refused (503) where not."""
    engine, settings = state().engine, state().settings
    behind = Behind(settings.store).seconds() if settings.follow else 0.0
    if settings.most_stale and behind > settings.most_stale:
        message = "The source has had a newer release for %(seconds)s seconds, more than --most-stale."
        raise Refused("unavailable", Remark(message, {"seconds": f"{behind:.0f}"}), retry_after=5)
    return jsonify({"status": "ready", **engine.health(), "limits": limits()})


@blueprint.get("/health/live")
def live() -> Response:
    """Alive: this process answers."""
    return jsonify({"status": "live"})

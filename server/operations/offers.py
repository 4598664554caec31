"""`/releases/current` and the files of releases: for replicas, which bear the token."""

from flask import Blueprint, Response, send_file

from loader.query.mistakes.mistake import Quoted, Remark
from loader.release.manifest import FILE_NAME
from loader.release.release import DamagedRelease
from loader.release.releases import NoSuchRelease, Releases
from loader.replicas.offer import ReleaseOffer
from server.engine.snapshots import nothing_published
from server.http.answers import FOR_GOOD
from server.http.auth import require_token
from server.http.state import state
from server.refusal import Refused

blueprint = Blueprint("offers", __name__)


@blueprint.get("/releases/current")
def offer() -> Response:
    """The release that answers, or is about to. Raises Refused."""
    require_token()
    try:
        release = _releases().offered()
    except DamagedRelease as damage:
        remark = Remark("The data cannot be opened: %(damage)s.", {"damage": damage})
        raise Refused("unavailable", remark, retry_after=30) from None
    if release is None:
        raise nothing_published()
    response = Response(ReleaseOffer.of(release).written(), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/releases/<release>/files/<path:name>")
def file(release: str, name: str) -> Response:
    """A file of a release as its manifest lists it; nothing else is had here. Raises Refused."""
    require_token()
    try:
        found = _releases().get(release)
    except NoSuchRelease:
        remark = Remark("Release %(release)s is not kept here.", {"release": Quoted(release[:60])})
        raise Refused("no-release", remark) from None
    if found.id != release or name not in (*found.manifest.files, FILE_NAME):
        told = {"release": release[:60], "name": Quoted(name[:60])}
        raise Refused("not-found", Remark("Release %(release)s has no file %(name)s.", told))
    response = send_file(found.path / name, "application/octet-stream", etag=False)
    response.headers["Cache-Control"] = f"private, {FOR_GOOD}"
    return response


def _releases() -> Releases:
    return Releases(state().settings.store)

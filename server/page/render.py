"""What all pages share: the functions of the templates, and how a page is sent."""

import hashlib
from functools import cache

from flask import Flask, Response, render_template, request

from loader.release.releases import Release
from server.engine.interface import EngineFailure
from server.http.answers import CACHEABLE, describe_release
from server.http.encoding import chosen_encoding, tagged
from server.http.state import state
from server.i18n.languages import NAMES, asked_language, direction, language
from server.i18n.texts import LANGUAGES
from server.page import static
from server.page.templates import TEMPLATES, environment

VARY = ("Accept", "Accept-Encoding", "Accept-Language")


def init_app(app: Flask) -> None:
    """Gives the templates their functions, and serves the static files."""
    app.register_blueprint(static.blueprint)
    # Flask's own class differs only in that it knows blueprints with templates of their own.
    app.jinja_env = environment()  # type: ignore[assignment]
    app.context_processor(_of_the_request)
    app.after_request(_say_the_language)


def page(
    template: str, release: Release, status: int = 200, cacheable: bool = True, **context: object
) -> Response:
    """A page in the reader's language; it may be kept as long as the release answers, unless it is wrong."""
    response = Response(render_template(template, **context), status, mimetype="text/html")
    describe_release(response, release.id)
    if status != 200 or not cacheable:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.set_etag(_etag(release))
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers[CACHEABLE] = "yes"
    return response


def unchanged(release: Release) -> Response | None:
    """304 where the reader's browser has this page already."""
    if not request.if_none_match.contains_weak(_etag(release)):
        return None
    response = Response(status=304)
    response.set_etag(_etag(release))
    response.vary.update(VARY)
    return response


def _say_the_language(response: Response) -> Response:
    """Every page, one about a mistake too, is in the language of its reader."""
    if response.mimetype == "text/html" and "Content-Disposition" not in response.headers:
        response.headers["Content-Language"] = language()
        response.vary.update(VARY)
    return response


def _etag(release: Release) -> str:
    asked = (release.id, request.path, request.query_string, language(), state().settings.address, _version())
    return tagged(hashlib.sha256(repr(asked).encode()).hexdigest()[:24], chosen_encoding(request))


@cache
def _version() -> str:
    """Changes when a template, a message or a static file does."""
    files = [*sorted(TEMPLATES.rglob("*.*")), *sorted((TEMPLATES.parent / "i18n").glob("*.po"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest() + static.static_digest()


def _of_the_request() -> dict[str, object]:
    """What every template may say: the language and the release that answers."""
    chosen = language()
    return {
        "language": chosen,
        "direction": direction,
        "asked_language": asked_language(),
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
        "current_release": _current_release(),
        "server_address": state().settings.address,
    }


def _current_release() -> Release | None:
    try:
        return state().engine.published.current()
    except EngineFailure:
        return None

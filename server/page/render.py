"""What all pages share: the functions of the templates, and how a page is sent."""

from flask import Flask, Response, render_template

from server.engine.snapshot import Snapshot
from server.http.answers import described, entity_tag, if_known
from server.http.state import state
from server.i18n.languages import NAMES, asked_language, language
from server.i18n.texts import LANGUAGES
from server.page import static
from server.page.templates import environment
from server.refusal import Refused

VARY = ("Accept", "Accept-Encoding", "Accept-Language")


def init_app(app: Flask) -> None:
    """Gives the templates their functions, and serves the static files."""
    app.register_blueprint(static.blueprint)
    # Flask's own class differs only in that it knows blueprints with templates of their own.
    app.jinja_env = environment()  # type: ignore[assignment]
    app.context_processor(_of_the_request)
    app.after_request(_say_the_language)


def compile_templates(app: Flask) -> None:
    """Compiles every template, so that no page has to."""
    for name in app.jinja_env.list_templates(extensions=["html", "xml", "txt", "atom", "svg"]):
        app.jinja_env.get_template(name)


def page(
    template: str, release: Snapshot, status: int = 200, cacheable: bool = True, **context: object
) -> Response:
    """A page in the reader's language; it may be kept as long as the release answers, unless it is wrong."""
    content = render_template(template, answering=release, **context)
    response = Response(content, status, mimetype="text/html")
    tag = _etag(release) if status == 200 and cacheable else ""
    return described(response, release.id, tag=tag, vary=VARY)


def unchanged(release: Snapshot) -> Response | None:
    """304 where the reader's browser has this page already."""
    return if_known(_etag(release), release.id, VARY)


def _say_the_language(response: Response) -> Response:
    """Every page, one about a mistake too, is in the language of its reader."""
    if response.mimetype == "text/html" and "Content-Disposition" not in response.headers:
        response.headers["Content-Language"] = language()
        response.vary.update(VARY)
    return response


def _etag(release: Snapshot) -> str:
    return entity_tag(release.id, language())


def _of_the_request() -> dict[str, object]:
    """What every template may say: the language and the release that answers."""
    chosen = language()
    return {
        "language": chosen,
        "asked_language": asked_language(),
        "languages": [(code, NAMES[code]) for code in LANGUAGES],
        "answering": _current_release(),
        "server_address": state().settings.address,
    }


def _current_release() -> Snapshot | None:
    try:
        return state().engine.snapshot()
    except Refused:
        return None

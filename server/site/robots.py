"""`/robots.txt`, `/sitemap.xml`, `/llms.txt`, `/favicon.ico`: what machines ask for before they read."""

from flask import Blueprint, Response, current_app, redirect, render_template

from loader.query.mistakes.mistake import Remark
from server.asking.asker import find_release
from server.engine.snapshot import Snapshot
from server.formats import PLAIN, SITEMAP
from server.http.answers import respond_whole
from server.http.state import state
from server.page.static import static_link
from server.refusal import Refused
from server.site.home import known_of, years_of
from server.site.sitemap import sitemap
from server.sources.pages import text_entries

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may take, and where the list of pages is."""
    return respond_whole(render_template("robots.txt").encode(), PLAIN, find_release(""))


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What this is and how it is asked, for language models."""
    release = find_release("")
    is_union = state().settings.default_graph == "union"
    text = render_template(
        "llms.txt",
        queries=len(release.queries),
        is_union=is_union,
        years=years_of(known_of(release)),
        texts=text_entries(release, "en"),
    )
    return respond_whole(text.encode(), PLAIN, release)


@blueprint.get("/sitemap.xml")
def first() -> Response:
    """Every page in both languages, or where the parts of the list are, if they are too many for one file."""
    release = find_release("")
    parts = _parts(release)
    if len(parts) == 1:
        return part(1)
    numbers = range(1, len(parts) + 1)
    text = render_template("sitemap_index.xml", numbers=numbers, changed=_changed(release))
    return respond_whole(text.encode(), SITEMAP, release)


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """A part of the list."""
    release = find_release("")
    parts = _parts(release)
    if not 1 <= number <= len(parts):
        raise Refused(
            "not-found",
            Remark(
                "The list of pages has parts 1 to %(last)s, not %(asked)s.",
                {"last": len(parts), "asked": number},
            ),
        )
    text = render_template("sitemap.xml", paths=parts[number - 1], changed=_changed(release))
    return respond_whole(text.encode(), SITEMAP, release)


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Leads to the icon, for browsers that ask without having read a page."""
    response = redirect(static_link("icon.svg"), 302)
    assert isinstance(response, Response)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _parts(release: Snapshot) -> list[list[str]]:
    return sitemap(release, (rule.rule for rule in current_app.url_map.iter_rules() if not rule.arguments))


def _changed(release: Snapshot) -> str:
    """When the data last changed, as sitemaps write it."""
    return release.manifest.written

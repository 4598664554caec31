"""What a reader is told of a thing that does not occur: what is nearest to its name."""

import re
from urllib.parse import unquote

from loader.release.releases import Release
from server.engine.interface import EngineFailure
from server.i18n.languages import best, language, slug
from server.search.index import index_of
from server.web.links import thing_link
from server.web.problems import Problem

MOST = 5


def unknown(iri: str, release: Release) -> Problem:
    """The problem to raise, with the things whose names are most like the last part of the IRI."""
    shown = iri if len(iri) <= 200 else iri[:200] + "…"
    near = _near(iri, release)
    return Problem("not-found", f"Nothing is said of <{shown}>.", members={"suggestions": near})


def _near(iri: str, release: Release) -> list[dict[str, object]]:
    words = re.sub(r"[-_+.]+", " ", unquote(slug(iri))).strip()
    try:
        hits = index_of(release).nearest(words, MOST) if words else []
    except EngineFailure:
        return []
    found: list[dict[str, object]] = []
    for hit in hits:
        text = best(hit.labels, language(), hit.iri)
        address = thing_link(hit.iri)
        found.append({"iri": hit.iri, "label": text.words, "language": text.language, "address": address})
    return found

"""What a reader is told of a thing that does not occur: what is nearest to its name."""

import re
from urllib.parse import unquote

from loader.query.mistakes.mistake import Remark
from server.engine.snapshot import Snapshot
from server.i18n.languages import best, language, slug
from server.page.links import thing_link
from server.refusal import Refused
from server.search.index import index_of

MOST = 5


def unknown(iri: str, release: Snapshot) -> Refused:
    """The problem to raise, with the things whose names are most like the last part of the IRI."""
    shown = iri if len(iri) <= 200 else iri[:200] + "…"
    near = _near(iri, release)
    remark = Remark("Nothing is said of %(thing)s.", {"thing": f"<{shown}>"})
    return Refused("not-found", remark, members={"suggestions": near})


def _near(iri: str, release: Snapshot) -> list[dict[str, object]]:
    named = re.sub(r"[-_+.]+", " ", unquote(slug(iri))).strip()
    # A year alone makes no name similar.
    words = re.sub(r"\b\d+\b", "", named).strip() or named
    try:
        index = index_of(release)
    except Refused:
        return []
    by_iri = (
        {hit.iri: hit for hit in [*index.beside(iri, MOST), *index.nearest(words, MOST)]} if words else {}
    )
    found: list[dict[str, object]] = []
    for hit in list(by_iri.values())[:MOST]:
        text = best(hit.labels, language(), hit.iri)
        address = thing_link(hit.iri)
        found.append({"iri": hit.iri, "label": text.words, "language": text.language, "address": address})
    return found

"""What a search answers: the hits of one page, or the names nearest to what nobody is called."""

from collections.abc import Iterable
from dataclasses import dataclass

from server.asking.paging import Page, whole_number
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters, one_of, wrong
from server.i18n.texts import LANGUAGES
from server.page.links import thing_link
from server.search.entries import Hit
from server.search.index import index_of
from server.search.matching import ELSEWHERE, Index, Matches

FIRST_SIZE, MOST_HITS, MOST_PAGES = 20, 100, 1000
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, kw_only=True)
class Search:
    """What was asked for, and what came of it; `nearest` are given where there is no hit."""

    words: str
    kind: str
    release: Snapshot
    page: Page
    found: Matches
    nearest: tuple[Hit, ...]
    extent: str

    @property
    def is_final(self) -> bool:
        """Whether the same release would always answer so."""
        return self.extent != "own"


def search(parameters: Parameters, release: Snapshot) -> Search:
    """Looks for the words of `q`. Raises Refused."""
    words, kind = parameters.one("q") or "", parameters.one("kind") or ""
    size = whole_number(parameters, "limit", FIRST_SIZE, MOST_HITS)
    page = Page(whole_number(parameters, "page", 1, MOST_PAGES), size)
    index = index_of(release)
    _refuse_unknown(kind, index)
    found = index.find(words, page.size, kind, page.offset)
    is_lost = bool(words.strip()) and not found.kinds
    nearest = tuple(index.nearest(words, MOST_SUGGESTIONS)) if is_lost else ()
    return Search(
        words=words, kind=kind, release=release, page=page, found=found, nearest=nearest, extent=index.extent
    )


def _refuse_unknown(kind: str, index: Index) -> None:
    known = {*index.kinds, ELSEWHERE}
    if kind and kind not in known:
        raise wrong("kind", kind, one_of(sorted(known)))


def as_json(search: Search) -> dict[str, object]:
    """The answer for programs."""
    return {
        "query": search.words,
        "release": search.release.id,
        "total": search.found.total,
        "searched": search.extent,
        "kinds": dict(sorted(search.found.kinds.items())),
        "hits": _hits(search.found.hits),
        "nearest": _hits(search.nearest),
    }


def _hits(hits: Iterable[Hit]) -> list[dict[str, object]]:
    return [
        {
            "iri": hit.iri,
            "address": thing_link(hit.iri),
            "kind": hit.kind,
            "labels": _labels(hit),
            "matched": hit.matched,
            **_origin(hit),
        }
        for hit in hits
    ]


def _origin(hit: Hit) -> dict[str, object]:
    """The data set that names what is not ours."""
    told = hit.data_set
    if told is None:
        return {}
    return {"dataset": {"iri": told.iri, "address": thing_link(told.iri), "labels": dict(told.labels)}}


def _labels(hit: Hit) -> dict[str, str]:
    """Those in our languages, else in any; `und` is the language of what says none (RFC 5646)."""
    ours = {code: hit.labels[code] for code in LANGUAGES if code in hit.labels}
    return ours or {code or "und": words for code, words in sorted(hit.labels.items())}

"""What a search answers: the hits of one page, or the names nearest to what nobody is called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import request

from loader.release.namespaces import BASE
from server.asking.paging import Page, whole_number
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters, one_of, wrong
from server.http.state import state
from server.i18n.texts import LANGUAGES
from server.page.links import thing_link
from server.search.addresses import meant
from server.search.hits import Hit
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
    addresses = meant(words, (state().settings.address, request.host_url.rstrip("/")))
    found = index.find(words, page.size, kind, page.offset, addresses)
    nearest = () if found.kinds else tuple(_nearest(words, addresses, index))
    return Search(
        words=words, kind=kind, release=release, page=page, found=found, nearest=nearest, extent=index.extent
    )


def _nearest(words: str, addresses: Iterable[str], index: Index) -> Iterator[Hit]:
    """What somebody may have meant: of an address of ours the things beside it, of words those like them."""
    ours = [one for one in addresses if one.startswith(BASE)]
    if ours:
        yield from index.beside(ours[0], MOST_SUGGESTIONS)
    elif words.strip():
        yield from index.nearest(words, MOST_SUGGESTIONS)


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
        "all_words": search.found.have_all_words,
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
            **_sentence(hit),
            **_reasons(hit),
            **_origin(hit),
        }
        for hit in hits
    ]


def _sentence(hit: Hit) -> dict[str, object]:
    """The words of the source with our translation, each under its language."""
    if hit.sentence is None:
        return {}
    words, translation = hit.sentence.words, hit.sentence.translation
    told = {"translation": {translation.language: translation.value}} if translation else {}
    return {"sentence": {"words": {words.language: words.value}, **told}}


def _reasons(hit: Hit) -> dict[str, object]:
    """By the names of what else it was found, and which words nothing has."""
    related = [
        {"tie": one.tie, "iri": one.iri, "address": thing_link(one.iri), "labels": dict(one.labels)}
        for one in hit.reasons
    ]
    told: dict[str, object] = {"related": related, "missing": list(hit.missing)}
    return {name: value for name, value in told.items() if value}


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

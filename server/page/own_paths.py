"""Which path an IRI of ours has on this server, and which IRIs a path may stand for."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from loader.release.namespaces import BASE, is_own_thing, kind_of
from server.formats import GRAPHS, Format

# RFC 3986, section 3.3; what a slug may hold beside letters of any script.
SAFE = "/-._~!$&'()*+,;=:@%"
# What no IRI has (RFC 3987); a path comes without its escapes, and of these the IRI has kept them.
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
# What an address ends at, or what browsers take out of it.
_NOT_IN_A_PATH = re.compile(r"[?#]|(^|/)\.\.?(/|$)")
_SUFFIXES = {format_.name: format_ for format_ in GRAPHS}
# How the addresses of the site begin that are of no thing.
OF_THE_SITE = {
    "about", "data", "docs", "embed", "favicon.ico", "graphs", "health", "healthz", "help", "institutions",
    "llms.txt", "meetings", "metrics", "missions", "openapi.json", "openapi.yaml", "people",
    "places", "prefixes", "query", "reconcile", "releases", "reports", "robots.txt", "s", "search",
    "search.json", "sitemap.xml", "sources", "sparql", "static", "store", "topics", "update", "void",
    "void.ttl", ".well-known",
}  # fmt: skip
# What is named behind a "#" stands on the page of these; of others it has a page by itself.
_HAVE_PARTS = ("dataset", "ontology", "queries", "section", "source", "statement")


def own_path(iri: str) -> str:
    """The path of an IRI of ours; nothing where a path would be read as another one (`%2F`, `.ttl`)."""
    name = iri.removeprefix(BASE)
    path = unquote(name)
    if name == iri or name[:1] in ("", "/", "\\") or _NOT_IN_A_PATH.search(path):
        return ""
    if kind_of(iri) in OF_THE_SITE or without_suffix(path)[0] != path:
        return ""
    return "/" + quote(name, safe=SAFE) if name in spellings(path) else ""


def spellings(path: str) -> Iterator[str]:
    """A path as it is in an IRI: in letters of any script, with what cannot be escaped, or all escaped."""
    escaped = _NO_IRI.sub(lambda sign: quote(sign[0]), path)
    yield from dict.fromkeys((escaped, quote(path, safe=SAFE)))


def is_on_a_page(iri: str) -> bool:
    """Whether what an IRI names is found at the path of what stands before its "#", if it has one."""
    return "#" not in iri or (is_own_thing(iri) and kind_of(iri) in _HAVE_PARTS)


def without_suffix(path: str) -> tuple[str, Format | None]:
    """A path without its suffix, and the format that the suffix names; none for a page."""
    name, dot, suffix = path.rpartition(".")
    if dot and suffix == "html":
        return name, None
    return (name, _SUFFIXES[suffix]) if dot and suffix in _SUFFIXES else (path, None)

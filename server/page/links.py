"""The addresses that pages link to; they keep the language and the release that the reader asked for."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from flask import g, request

from loader.release.namespaces import BASE
from server.i18n.languages import asked_language
from server.page.own_paths import SAFE, is_on_a_page, own_path

Pairs = Iterable[tuple[str, str]]
CARRIED = ("release", "lang")


def carried() -> list[tuple[str, str]]:
    """What goes along from page to page, where this one's address names it."""
    if "carried" not in g:
        chosen = {"release": request.args.get("release", ""), "lang": asked_language()}
        g.carried = [(name, chosen[name]) for name in CARRIED if chosen[name]]
    return list(g.carried)


def link(path: str, pairs: Pairs = (), **more: str) -> str:
    """A path of ours with a query string."""
    path, _, fragment = path.partition("#")
    parameters = [*pairs, *more.items(), *carried()]
    query = urlencode(parameters) if parameters else ""
    return path + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")


def here(**changes: str) -> str:
    """This very address with some parameters changed, or left out where the new value is empty."""
    return changed({name: [value] if value else [] for name, value in changes.items()})


def changed(values: Mapping[str, Iterable[str]]) -> str:
    """This very address with these parameters, each with its values, in place of what it says of them."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in values]
    query = urlencode([*pairs, *((name, value) for name, several in values.items() for value in several)])
    return quote(request.path, safe=SAFE) + (f"?{query}" if query else "")


def thing_link(iri: str) -> str:
    """Where a browser may be sent for a thing: our own page, another host's, or nowhere."""
    thing, mark, fragment = iri.partition("#")
    path = own_path(thing)
    if path and is_on_a_page(iri):
        return link(path + mark + fragment)
    is_ours = iri.startswith(BASE) and iri != BASE
    return link("/resource", [("iri", iri)]) if is_ours else outside_link(iri)


def outside_link(address: str) -> str:
    """An address on another host if it is one of the web, else nothing: no scripts, no data."""
    scheme, colon, _ = address.partition("://")
    # Of all white space only a blank counts as printable.
    clean = address.isprintable() and " " not in address
    return address if colon and clean and scheme.lower() in ("http", "https") else ""

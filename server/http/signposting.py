"""Signposting: `Link` headers that tell programs how to cite what an address has, and where the rest is."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

from loader.release.namespaces import BASE
from server.formats import DUMPS, TURTLE
from server.http.answers import LICENCE
from server.http.state import state

DATASET = f"{BASE}dataset/un-missions"
Links = Iterable[tuple[str, str, str]]


def add_links(response: Response, links: Links) -> None:
    """Adds links of a relation, an address and a media type, which may be empty (RFC 8288)."""
    for relation, address, type_ in links:
        typed = f'; type="{type_}"' if type_ else ""
        response.headers.add("Link", f'<{_ascii(address)}>; rel="{relation}"{typed}')


def signpost_dataset(response: Response) -> Response:
    """What the data set as a whole is called, its licence, its files and its descriptions."""
    server = state().settings.address
    links = [("cite-as", DATASET, ""), ("license", LICENCE, ""), ("author", f"{DATASET}#project", "")]
    links += [("type", "https://schema.org/Dataset", "")]
    links += [("item", f"{server}/data/latest.{one.name}", one.media_type) for one in DUMPS]
    links += [
        ("describedby", f"{server}{path}", TURTLE.media_type) for path in ("/.well-known/void", "/data/")
    ]
    add_links(response, links)
    return response


def _ascii(address: str) -> str:
    """An IRI as a URI (RFC 3987, section 3.1): headers have no other letters."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")

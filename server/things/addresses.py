"""The addresses of a thing on this server, and what the headers of its page and data say of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response

from loader.release.namespaces import BASE
from server.formats import GRAPHS, HTML, ONE_GRAPH, TRIG, TURTLE, Format
from server.http.answers import LICENCE
from server.http.signposting import add_links
from server.http.state import state
from server.page.links import carried
from server.page.own_paths import own_path

MOST_HEADER = 2000


@dataclass(frozen=True)
class Addresses:
    """Where a thing is found: its path, or for what is not ours the page that takes its IRI."""

    iri: str
    path: str

    @classmethod
    def of(cls, iri: str) -> "Addresses":
        """Those of any IRI."""
        return cls(iri, own_path(iri) or f"/resource?{urlencode({'iri': iri})}")

    @property
    def is_ours(self) -> bool:
        return not self.path.startswith("/resource?")

    @property
    def formats(self) -> tuple[Format, ...]:
        """Those that there are of it; a named graph is read as the Graph Store gives it."""
        return ONE_GRAPH if self.iri.startswith(f"{BASE}graph/") else GRAPHS

    @property
    def canonical(self) -> str:
        """The IRI of a thing of ours; for others the page here, since no more is ours to say."""
        return self.iri if self.is_ours else state().settings.address + self.path

    def data(self, name: str) -> str:
        """The thing in a format, by its short name."""
        return _with_carried(f"{self.path}.{name}" if self.is_ours else f"{self.path}&format={name}")

    def downloads(self) -> Iterator[tuple[str, str]]:
        """Every format and its address."""
        return ((format_.name, self.data(format_.name)) for format_ in self.formats)


def add_thing_links(response: Response, addresses: Addresses) -> None:
    """Tells programs where the thing, its other forms and its licence are (RFC 8288, RFC 8574)."""
    server = state().settings.address
    links = [("canonical", addresses.canonical, ""), ("license", LICENCE, "")]
    if "\n" not in addresses.iri and len(addresses.iri) < MOST_HEADER:
        links += [("cite-as", addresses.iri, ""), ("describes", addresses.iri, "")]
    links += [("alternate", server + addresses.data(f.name), f.media_type) for f in addresses.formats]
    links += [("alternate", server + _with_carried(_page(addresses)), HTML.media_type)]
    whole = next(one for one in reversed(addresses.formats) if one in (TRIG, TURTLE))
    links += [("describedby", server + addresses.data(TURTLE.name), TURTLE.media_type)]
    links += [("item", server + addresses.data(whole.name), whole.media_type)]
    add_links(response, links)


def _page(addresses: Addresses) -> str:
    return f"{addresses.path}.html" if addresses.is_ours else addresses.path


def _with_carried(path: str) -> str:
    pairs = urlencode([pair for pair in carried() if pair[0] == "release"])
    return path + ("&" if "?" in path else "?") + pairs if pairs else path

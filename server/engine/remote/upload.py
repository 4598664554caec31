"""Brings graphs to another engine, and removes them there, by the Graph Store HTTP Protocol."""

import http.client
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import islice
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from server.engine.remote.endpoint import RemoteEndpoint
from server.formats import N_TRIPLES

PORTION = 20_000  # triples that are sent at a time: nobody reads a graph before all of it is there
SECONDS = 600.0
# Where engines have the protocol of graphs, by the last part of the address at which they are queried.
BESIDE = {"query": "store", "sparql": "sparql-graph-crud"}


class NotBrought(OSError):
    """The other engine does not take or remove a graph."""


def graphs_beside(url: str) -> str:
    """The address of the protocol of graphs, where it lies beside that of queries. Raises NotBrought."""
    before, slash, last = url.rpartition("/")
    if last not in BESIDE:
        raise NotBrought(f"{url} does not tell where graphs are written: name that with --graphs URL")
    return before + slash + BESIDE[last]


class RemoteGraphs:
    """The graphs of another engine, each by the IRI that it has there."""

    def __init__(self, endpoint: RemoteEndpoint) -> None:
        self._endpoint = endpoint

    def put(self, iri: str, triples: Iterable[ox.Triple]) -> None:
        """Makes a graph of these triples, in portions. Raises NotBrought."""
        self.remove(iri)
        left = iter(triples)
        while lines := b"".join(_lines(islice(left, PORTION))):
            status, told = self._send("POST", iri, lines)
            if not 200 <= status < 300:
                raise NotBrought(f"{self._endpoint.url} does not take <{iri}>: {status} {told}")

    def remove(self, iri: str) -> None:
        """Removes a graph, if it is there. Raises NotBrought."""
        status, told = self._send("DELETE", iri, b"")
        if not 200 <= status < 300 and status != HTTPStatus.NOT_FOUND:
            raise NotBrought(f"{self._endpoint.url} does not remove <{iri}>: {status} {told}")

    def _send(self, method: str, iri: str, body: bytes) -> tuple[int, str]:
        """The status of what comes back, and how it begins."""
        mark = "&" if urlsplit(self._endpoint.url).query else "?"
        target = f"{self._endpoint.target}{mark}graph={quote(iri, safe='')}"
        headers = {"Content-Type": N_TRIPLES.media_type} if body else {}
        connection = self._endpoint.connection(SECONDS)
        try:
            connection.request(method, target, body or None, {**self._endpoint.headers, **headers})
            response = connection.getresponse()
            return response.status, " ".join(response.read(2000).decode("utf-8", "replace").split())[:200]
        except (OSError, http.client.HTTPException) as error:
            raise NotBrought(f"{self._endpoint.url} cannot be reached: {error}") from None
        finally:
            connection.close()


def _lines(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    for triple in triples:
        yield f"{triple.subject} {triple.predicate} {triple.object} .\n".encode()

"""Entity tags of graphs: one for each release, graph and format."""

import hashlib

from server.formats import GRAPHS


def graph_tag(release: str, graph: str, media_type: str) -> str:
    """The tag of a graph (an empty IRI is the unnamed one) in a format, without its quotation marks."""
    return hashlib.sha256(repr((release, graph, media_type)).encode()).hexdigest()[:24]


def graph_tags(release: str, graph: str) -> set[str]:
    """The tags of a graph in all its formats: a client may have seen any of them."""
    return {graph_tag(release, graph, format_.media_type) for format_ in GRAPHS}

"""The short names of terms, `unm:Mission`, and the names by which the page of the ontology can be entered."""

import re
import tomllib
from pathlib import Path

from loader.release.namespaces import BASE, ONTOLOGY

PREFIXES: dict[str, str] = tomllib.loads(Path(__file__).with_name("prefixes.toml").read_text("utf-8"))
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
# A part of what a local name may be in SPARQL: all that a name in use needs, and nothing to escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def prefixed(iri: str) -> str:
    """The name with its prefix, or an empty string where there is none that every reader would know."""
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return ""


def anchor(iri: str) -> str:
    """Where a term stands on the page: what follows `#` in its IRI, for terms of others their short name.

    A scheme may have the name of a property of ours, and gets a longer one.
    """
    if iri.startswith(ONTOLOGY):
        return iri.removeprefix(ONTOLOGY)
    return prefixed(iri) or f"scheme-{iri.removeprefix(BASE)}"


def full(name: str) -> str:
    """The IRI of a short name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local

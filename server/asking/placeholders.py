"""Puts things into queries of ours: checked terms into the places that stand open."""

import re
from collections.abc import Iterable

from loader.query.values import iri_terms

_OPEN = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


def fill(text: str, **things: Iterable[str]) -> str:
    """The query with IRIs in the VALUES of each variable; one that SPARQL cannot write is left out."""
    terms = {name: " ".join(iri_terms(iris)) for name, iris in things.items()}
    return _OPEN.sub(lambda found: f"VALUES ?{found[1]} {{ {terms[found[1]]} }}", text)

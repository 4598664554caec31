"""Puts things into queries of ours: checked terms into the places that stand open."""

import re
from collections.abc import Iterable

from loader.query.values import iri_terms

_OPEN = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
# Nobody's name. Where VALUES are empty Virtuoso 7.2 reads whatever there is for what is optional beside them.
_NOTHING = "<urn:uuid:6f6c0e2d-7c5b-4b0e-9d4c-2b6a6d1f3c57>"


def fill(text: str, **things: Iterable[str]) -> str:
    """The query with IRIs in the VALUES of each variable; one that SPARQL cannot write is left out."""
    terms = {name: " ".join(iri_terms(iris)) or _NOTHING for name, iris in things.items()}
    return _OPEN.sub(lambda found: f"VALUES ?{found[1]} {{ {terms[found[1]]} }}", text)

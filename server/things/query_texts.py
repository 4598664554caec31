"""Puts things into the queries of pages: checked terms into the places that stand open."""

import re
from collections.abc import Iterable
from pathlib import Path

from loader.query.values import iri_terms

FOLDER = Path(__file__).parent
_OPEN = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


def text_of(name: str) -> str:
    """A query of this folder."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def fill(text: str, **things: Iterable[str]) -> str:
    """The query with IRIs in the VALUES of each variable; one that SPARQL cannot write is left out."""
    terms = {name: " ".join(iri_terms(iris)) for name, iris in things.items()}
    return _OPEN.sub(lambda found: f"VALUES ?{found[1]} {{ {terms[found[1]]} }}", text)

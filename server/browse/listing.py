"""What lists.toml says of a list: its facts, facets and orders, and the saved queries beside it."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent


class Kin(BaseModel):
    """A saved query with the same rows: its parameters by facet, and what else it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    parameters: dict[str, str] = {}
    fixed: dict[str, str] = {}


class Listing(BaseModel):
    """One list; `counts` are facts of which only the number is shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    facts: tuple[str, ...]
    counts: tuple[str, ...]
    facets: tuple[str, ...]
    orders: tuple[str, ...]
    queries: tuple[Kin, ...] = ()
    map: bool = False

    @property
    def text(self) -> str:
        """The query for its facts."""
        return (FOLDER / f"{self.name}.rq").read_text(encoding="utf-8")


@cache
def listings() -> dict[str, Listing]:
    """Every list by its name, which is its address too."""
    content = tomllib.loads((FOLDER / "lists.toml").read_text(encoding="utf-8"))
    return {name: Listing(name=name, **about) for name, about in content.items()}

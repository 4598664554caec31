"""Where a release stands in another engine: what publishing noted in the file `remote.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from server.engine.remote.release_names import OF_ALL, OF_OWN, UNNAMED, ReleaseNames
from server.engine.snapshot import ELSEWHERE

# The part of a release that is asked where none of its stores is here.
ELSEWHERE_PART = "elsewhere"


@dataclass(frozen=True)
class PlacedGraph:
    """How many triples a graph has, and the digest of them all."""

    triples: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A release in another engine.

    `graphs` are the named graphs, `merges` what stands for the default graph: the unnamed one, and the merges
    of all and of our own, by what they are called here. `server` is how the engine calls itself; `merging`
    says that it merges several graphs truly. `refused` are the saved queries that it answers wrongly.
    """

    release: str
    endpoint: str
    server: str = ""
    merging: bool = False
    graphs: Mapping[str, PlacedGraph] = field(default_factory=dict)
    merges: Mapping[str, PlacedGraph] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    @cached_property
    def names(self) -> ReleaseNames:
        return ReleaseNames(self.release)

    @property
    def is_virtuoso(self) -> bool:
        return self.server.startswith("Virtuoso")

    def default_graph(self, own: bool, is_union: bool) -> str:
        """What stands for the default graph, as it is called here."""
        if not is_union:
            return UNNAMED
        return OF_OWN if own and OF_OWN in self.merges else OF_ALL

    def contents(self) -> dict[str, PlacedGraph]:
        """Everything that was brought there, by what it is called here."""
        return {**self.graphs, **self.merges}

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, sort_keys=True)
        (folder / ELSEWHERE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Placement":
        """What stands in the directory of a release. Raises OSError, or ValueError where it is none."""
        try:
            found = json.loads((folder / ELSEWHERE).read_bytes())
            for name in ("graphs", "merges"):
                found[name] = {iri: PlacedGraph(**content) for iri, content in found[name].items()}
            return cls(**{**found, "refused": tuple(found["refused"])})
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{folder / ELSEWHERE} is not as publishing wrote it: {error}") from error

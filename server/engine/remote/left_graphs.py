"""Notes the graphs in another engine that no release needs, until they are removed there."""

import json
from collections.abc import Collection
from pathlib import Path

from loader.release.durable import flush_path


class LeftGraphs:
    """A file beside the releases; whoever has the lock of these may change it."""

    def __init__(self, root: Path) -> None:
        self._path = root / "graphs-to-remove.json"

    def at(self, address: str) -> list[str]:
        """Those of one engine, by what they are called there."""
        return self._all().get(address, [])

    def add(self, address: str, iris: Collection[str]) -> None:
        self._put(address, [*self.at(address), *iris])

    def discard(self, address: str, iris: Collection[str]) -> None:
        """They are needed, or gone."""
        self._put(address, [iri for iri in self.at(address) if iri not in {*iris}])

    def _all(self) -> dict[str, list[str]]:
        try:
            found: dict[str, list[str]] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        return found

    def _put(self, address: str, iris: list[str]) -> None:
        beside = self._path.with_name(f".{self._path.name}")
        noted = {**self._all(), address: list(dict.fromkeys(iris))}
        beside.write_text(json.dumps(noted, indent=1), encoding="utf-8")
        flush_path(beside)
        beside.replace(self._path)

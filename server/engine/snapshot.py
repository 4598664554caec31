"""A release as everything above the engine knows it: what is recorded of it, its queries and source texts."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from loader.query.report_text import ReportText, read_report
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.release.digest import file_sha256
from loader.release.manifest import Manifest, number_of
from loader.release.release import OWN, PIN
from server.lru import Lru

# What publishing noted of a release whose data are in another engine.
ELSEWHERE = "remote.json"
MOST_QUERIES = 1000
_queries: Lru[SavedQuery] = Lru(MOST_QUERIES)


@dataclass(frozen=True)
class Snapshot:
    """One release, which never changes; only an engine knows where its data are.

    `files` is the folder of what the release holds beside its quads.
    """

    manifest: Manifest
    files: Path

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def number(self) -> int:
        return number_of(self.id)

    @property
    def is_pinned(self) -> bool:
        """Whether it is kept for good, until somebody says otherwise."""
        return (self.files / PIN).exists()

    @cached_property
    def has_others(self) -> bool:
        """Whether a merge of our own graphs stands beside that of all, for there are others."""
        return (self.files / OWN).is_dir()

    @cached_property
    def refused(self) -> frozenset[str]:
        """The saved queries that the engine which has the data is known to answer wrongly."""
        file = self.files / ELSEWHERE
        return frozenset(json.loads(file.read_bytes())["refused"]) if file.is_file() else frozenset()

    @cached_property
    def queries(self) -> dict[str, SavedQuery]:
        """The saved queries that were proved on this release, by name."""
        return {path.stem: _query(path) for path in sorted((self.files / "queries").glob("*.rq"))}

    @cached_property
    def reports(self) -> dict[str, ReportText]:
        """The reports that this release has, by name."""
        files = sorted((self.files / "queries/reports").glob("*.md"))
        return {path.stem: read_report(path, self.queries) for path in files}

    def source_text(self, name: str, sha256: str) -> bytes | None:
        """The text of a source, or None where none of this name and digest was kept.

        The name comes from the graph, where anybody who may write can put any: only names of files count.
        """
        if not name or Path(name).name != name:
            return None
        path = self.files / "sources" / name
        if not path.is_file() or file_sha256(path) != sha256:
            return None
        return path.read_bytes()


def _query(path: Path) -> SavedQuery:
    """A saved query; most are those of the release before, and reading one takes milliseconds."""
    return _queries.get((path.stem, path.read_bytes()), lambda: read_saved_query(path))

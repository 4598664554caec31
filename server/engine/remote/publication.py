"""Publishes a release in another engine: brought there under names of its own, proved, then pointed to."""

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from loader.query.asked_datasets import is_there
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.release.digest import tree_files
from loader.release.durable import flush_path, flush_tree
from loader.release.release import OWN, PIN, Release
from loader.release.releases import Releases
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.exchange import exchange
from server.engine.remote.kept_dumps import keep_dumps
from server.engine.remote.left_graphs import LeftGraphs
from server.engine.remote.placement import PlacedGraph, Placement
from server.engine.remote.proof import EXPECTED, RemoteProof, expected_file
from server.engine.remote.triples_there import Digest, TriplesThere, noted
from server.engine.remote.upload import RemoteGraphs
from server.engine.snapshot import ELSEWHERE
from server.formats import JSON, N_TRIPLES

SECONDS = 30.0
# Asks the engine here: a query, and the media type of its answer.
Ask = Callable[[str, str], bytes]


class NotProved(ValueError):
    """The other engine has not what was sent, or answers otherwise; says each mistake in a line."""


class OfAnother(ValueError):
    """The directory of what is kept here of an engine belongs to something else."""


@dataclass(frozen=True, kw_only=True)
class EngineTarget:
    """Another engine as releases are brought there: its queries, and its graphs.

    `without` are the saved queries that are refused there by name instead of being proved.
    """

    endpoint: RemoteEndpoint
    graphs_url: str
    without: Collection[str] = ()
    keep: int = 2

    @property
    def graphs(self) -> RemoteGraphs:
        return RemoteGraphs(self.endpoint.at(self.graphs_url))


class Publication:
    """Publishes in one engine, and notes in a directory of releases what is there."""

    def __init__(self, target: EngineTarget, releases: Releases, tell: Callable[[str], None]) -> None:
        self._target, self._releases, self._tell = target, releases, tell
        self._left = LeftGraphs(releases.root)

    def publish(self, release: Release, ask: Ask) -> Placement | None:
        """Where the release is now; None where it answers already.

        Raises NotProved, OfAnother, Refused or OSError; then what answered goes on, and what was brought is
        removed.
        """
        with self._releases.locked():
            known = self._placed().get(release.id)
            if known and self._answers_as_wanted(known):
                return None
            self._remove_left()
            with self._brought(release, known) as placement, self._draft() as draft:
                _write_files(release, draft, ask)
                proved = self._proved(placement, draft)
                proved.write(draft)
                self._take_over(release, draft)
            self._prune()
            return proved

    def _placed(self) -> dict[str, Placement]:
        """The releases that are kept, by id. Raises OfAnother where one of them is not in this engine."""
        placed = {}
        for release in self._releases.all():
            try:
                found = Placement.read(release.path)
            except FileNotFoundError:
                raise OfAnother(
                    f"{release.path} was built, and not published: name another directory"
                ) from None
            if found.endpoint != self._target.endpoint.url:
                raise OfAnother(f"{release.path} is in {found.endpoint}: name another directory for this one")
            placed[release.id] = found
        return placed

    def _answers_as_wanted(self, known: Placement) -> bool:
        is_current = self._releases.current_id() == known.release
        return is_current and {*known.refused} == {*self._target.without}

    @contextmanager
    def _brought(self, release: Release, known: Placement | None) -> Iterator[Placement]:
        """The graphs of a release, brought there unless they are; left over until a release here has them."""
        if known and not [*RemoteProof(self._target.endpoint, known).wrong_contents()]:
            yield known  # not brought again: somebody may be reading them
            return
        triples = TriplesThere(release)
        names = [*triples.graphs, *triples.merges]
        self._left.add(self._target.graphs_url, [triples.names.there(name) for name in names])
        try:
            contents = {name: self._bring(triples, name) for name in names}
            yield Placement(
                release=release.id,
                endpoint=self._target.endpoint.url,
                server=self._server(),
                graphs={name: contents[name] for name in triples.graphs},
                merges={name: contents[name] for name in triples.merges},
            )
        finally:
            self._remove_left()

    def _bring(self, triples: TriplesThere, name: str) -> PlacedGraph:
        self._tell(f"bringing <{name}>")
        digest = Digest()
        self._target.graphs.put(triples.names.there(name), noted(triples.of(name), digest))
        return digest.content()

    def _server(self) -> str:
        """How the other engine calls itself. Raises Refused."""
        fields = [("query", "ASK {}")]
        with exchange(self._target.endpoint, fields, JSON.media_type, SECONDS) as body:
            return body.headers.get("Server", "")

    def _proved(self, placement: Placement, draft: Path) -> Placement:
        """With what it cannot do. Raises NotProved."""
        self._tell("proving what is there")
        merging = RemoteProof(self._target.endpoint, placement).merges()
        able = replace(placement, merging=merging, refused=tuple(sorted(self._target.without)))
        if mistakes := mistakes_there(self._target.endpoint, able, draft):
            raise NotProved("\n".join(mistakes))
        return able

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        draft = self._releases.draft()
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _take_over(self, release: Release, draft: Path) -> None:
        """Makes a draft the release that answers."""
        manifest = replace(release.manifest, files=tree_files(draft), activate="")
        manifest.write(draft)
        flush_tree(draft)
        path = self._releases.directory / release.id
        if path.exists():
            if (path / PIN).exists():
                (draft / PIN).touch()
            path.rename(path.with_name(".replaced"))
        draft.rename(path)
        flush_path(path.parent)
        self._releases.point_to(Release(path, manifest))
        self._releases.clear()

    def _prune(self) -> None:
        """Removes the releases that are not kept, and then their graphs, one by one."""
        current, placed = self._releases.current_id(), self._placed()
        for release in self._releases.all()[: -self._target.keep]:
            if release.id != current and not release.pin.exists():
                self._left.add(self._target.graphs_url, _there(placed[release.id]))
                release.path.rename(release.path.with_name(f".{release.path.name}"))
        self._releases.clear()
        self._remove_left()

    def _remove_left(self) -> None:
        """Removes what is left over there, but for what a release here has after all."""
        needed = {iri for placement in self._placed().values() for iri in _there(placement)}
        for iri in self._left.at(self._target.graphs_url):
            if iri not in needed:
                self._target.graphs.remove(iri)
            self._left.discard(self._target.graphs_url, [iri])


def mistakes_there(endpoint: RemoteEndpoint, placement: Placement, directory: Path) -> list[str]:
    """What is wrong now of a release that was published, as sentences."""
    proof = RemoteProof(endpoint, placement)
    return [*proof.wrong_contents(), *proof.cut_answers(), *_wrong_answers(proof, placement, directory)]


def _wrong_answers(proof: RemoteProof, placement: Placement, directory: Path) -> list[str]:
    """The sentences of saved queries that answer otherwise, but for those that are refused there anyway."""
    queries = _queries(directory).values()
    return proof.wrong_answers((query for query in queries if query.name not in placement.refused), directory)


def _there(placement: Placement) -> list[str]:
    return [placement.names.there(name) for name in placement.contents()]


def _queries(directory: Path) -> dict[str, SavedQuery]:
    return {path.stem: read_saved_query(path) for path in sorted((directory / "queries").glob("*.rq"))}


def _write_files(release: Release, draft: Path, ask: Ask) -> None:
    """What a release has beside its graphs, and what the engine here answers to the saved queries."""
    for name in ("queries", "sources"):
        if (release.path / name).is_dir():
            shutil.copytree(release.path / name, draft / name)
    if (release.path / OWN).is_dir():
        (draft / OWN).mkdir()
        (draft / OWN / ELSEWHERE).write_text("", encoding="ascii")  # it has one, though not here
    keep_dumps(release, draft)
    (draft / EXPECTED).mkdir()
    for query in _queries(draft).values():
        if "SERVICE" not in query.words and all(_is_here(slug, ask) for slug in query.datasets):
            media_type = N_TRIPLES.media_type if query.is_graph else JSON.media_type
            expected_file(draft, query).write_bytes(ask(query.bind({}), media_type))


def _is_here(slug: str, ask: Ask) -> bool:
    return b"true" in ask(is_there(slug), JSON.media_type)

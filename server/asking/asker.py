"""Runs a saved query, or any other text of ours, under the limits of every query."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import process

from loader.query.asked_datasets import how_to_have, is_there
from loader.query.mistakes.mistake import Quoted, Remark
from loader.query.saved_query import SavedQuery
from server.asking.elsewhere import called
from server.engine.interface import Answer, Engine, Question
from server.engine.scan import VOLATILE
from server.engine.snapshot import Snapshot
from server.formats import JSON
from server.http.parameters import COMMON, Parameters, url_parameters
from server.http.remotes import naming
from server.http.state import state
from server.refusal import Refused
from server.tables.table import Table, table_of

RESULTS_JSON = JSON.media_type
# What the addresses of a saved query may say beside its own parameters: all of them, and those of its rows.
OF_EACH = (*COMMON, "timeout")
RESERVED = (
    *OF_EACH, "page", "page_size", "pageSize", "limit", "offset", "sort", "q", "filter", "evidence", "labels",
    "explain", "bom",
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """A saved query with the values of one request, bound: the text that is run."""

    query: SavedQuery
    release: Snapshot
    values: dict[str, tuple[str, ...]]
    text: str


def find_release(release_id: str) -> Snapshot:
    """A release by id, number or date, the current one where that is empty. Raises Refused."""
    return state().engine.snapshot(release_id)


def asked_release(parameters: Parameters | None = None) -> Snapshot:
    """The release that the address, or else these parameters, name; the current one where they name none.

    Raises Refused.
    """
    return find_release((parameters or url_parameters()).one("release") or "")


def find_query(name: str, release: Snapshot) -> tuple[SavedQuery, Snapshot]:
    """A saved query of a release, with that. Raises Refused where it has no such query."""
    queries = release.queries
    if name not in queries:
        raise _unknown(name, queries)
    return queries[name], release


def _unknown(name: str, queries: Iterable[str]) -> Refused:
    """The problem of a name that no query has, with the names most like it."""
    near = [found for found, _, _ in process.extract(name[:200], list(queries), limit=3, score_cutoff=60)]
    shown = name if len(name) <= 60 else name[:60] + "…"
    told = {"name": Quoted(shown), "near": ", ".join(near), "all": "/queries"}
    if near:
        nearest = Remark("The nearest names: %(near)s.", told)
        remark = Remark("There is no saved query %(name)s.", told, nearest)
    else:
        remark = Remark("There is no saved query %(name)s. %(all)s lists them all.", told)
    return Refused("not-found", remark, members={"nearest": near})


def refuse_absent(query: SavedQuery, asker: "Asker") -> None:
    """Raises Refused where the release lacks a data set that a query asks, or its engine answers wrongly."""
    refuse_wrong(query, asker.engine.snapshot(asker.question.release))
    if slug := absent_dataset(query, asker):
        raise Refused("no-data-set", how_to_have(query.name, slug), members={"dataset": slug})


def refuse_wrong(query: SavedQuery, release: Snapshot) -> None:
    """Raises Refused where the engine that has the data is known to answer a query wrongly."""
    if query.name in release.refused:
        message = "The engine behind this server answers %(query)s wrongly, so it is not asked."
        raise Refused("refused", Remark(message, {"query": query.name}))


def absent_dataset(query: SavedQuery, asker: "Asker") -> str:
    """The first data set that a query asks and the release lacks, or an empty text."""
    return next((slug for slug in query.datasets if not asker.ask(is_there(slug))), "")


def asker_of_saved(release: Snapshot, timeout: float | None = None) -> "Asker":
    """For saved queries: it sees our own graphs merged, and others where the text names them."""
    return Asker.of(question("", RESULTS_JSON, release, timeout, own=True))


def is_volatile(query: SavedQuery) -> bool:
    """Whether a query may answer otherwise each time; its values cannot change that."""
    return not query.words.isdisjoint(VOLATILE)


def question(
    text: str,
    media_type: str,
    release: Snapshot,
    timeout: float | None = None,
    own: bool = False,
    alone: bool = False,
) -> Question:
    """A question on behalf of the request at hand, within the server's time limit or a shorter one.

    With `own`, what others say of our things is not seen unless the text names their graph; with `alone`
    too, not even then.
    """
    settings = state().settings
    return Question(
        text=text,
        format=media_type,
        timeout=settings.timeout if timeout is None else timeout,
        base=f"{settings.address}/sparql",
        release=release.id,
        own=own,
        alone=alone,
    )


def own_asker(release: Snapshot, timeout: float | None = None) -> "Asker":
    """For pages about our things: it sees nothing but our own graphs."""
    return Asker.of(question("", RESULTS_JSON, release, timeout, own=True, alone=True))


def asker_of_all(release: Snapshot) -> "Asker":
    """For what is about other things too: it sees what queries at the endpoint see."""
    return Asker.of(question("", RESULTS_JSON, release))


@dataclass(frozen=True)
class Asker:
    """Asks any number of queries on behalf of one request, all of them within its one time limit."""

    engine: Engine
    question: Question
    deadline: float

    @classmethod
    def of(cls, question: Question, engine: Engine | None = None) -> "Asker":
        """One whose time begins now; `question` says on which data, for whom and how long.

        The engine is that of the app which answers a request, unless another one is given.
        """
        return cls(engine or state().engine, question, time.monotonic() + question.timeout)

    def with_half_the_time(self) -> "Asker":
        """One that leaves as much time as it takes, for whoever goes on without what it asks."""
        now = time.monotonic()
        return replace(self, deadline=now + (self.deadline - now) / 2)

    def answer(self, text: str, media_type: str) -> Answer:
        """The answer to a query. Raises Refused, `timeout` where no time is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Refused("timeout", Remark("The query reached its time limit."), retry_after=30)
        services = called(text)
        asked = replace(self.question, text=text, format=media_type, timeout=left)
        return naming(self.engine.query(asked), services)

    def table(self, text: str) -> Table:
        """The rows of a SELECT or ASK query. Raises Refused."""
        return table_of(self.answer(text, RESULTS_JSON))

    def ask(self, text: str) -> bool:
        """The answer to an ASK query. Raises Refused."""
        return self.table(text).is_true

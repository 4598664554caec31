"""Which rows of a saved query each release added and removed, and the Atom feed that tells of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE
from server.engine.snapshot import Snapshot
from server.exports.provenance import About, Values, about
from server.exports.provenance_words import GENERATOR, citation
from server.memory import Memory
from server.page.templates import render_file
from server.tables.difference import RowDifference, difference
from server.tables.reading import Reading, read
from server.tables.table import Table

Run = Callable[[str, Snapshot], Table]
# How far back a feed looks, how many rows an entry shows, and how many pairs of releases are remembered.
MOST_RELEASES = 10
MOST_ROWS = 100
MOST_REMEMBERED = 512
# What XML cannot hold (XML 1.0, production 2).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Changes:
    """Remembers what changed between releases, which never change; safe to use from many threads."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def between(self, text: str, before: Snapshot, after: Snapshot, run: Run) -> RowDifference:
        """What a bound query gives on one release and not on the other."""
        return self._memory.get(
            "",  # no one release
            "changes",
            (text, before.id, after.id),
            lambda: difference(run(text, before), run(text, after)),
            MOST_REMEMBERED,
        )


@dataclass(frozen=True)
class FeedEntry:
    """A release that changed the rows; `about` tells of the query on it, `before` is the release before."""

    iri: str
    about: About
    before: About
    difference: RowDifference


@dataclass(frozen=True)
class RowHistory:
    """What releases changed in the rows of a call, the newest first; `newest` and `oldest` were looked at."""

    newest: About
    oldest: About
    entries: Sequence[FeedEntry]

    @property
    def feed(self) -> str:
        """The address of the feed."""
        values = self.newest.live_address().partition("?")[2]
        return f"{self.newest.page()}/changes.atom" + (f"?{values}" if values else "")


def history(
    query: SavedQuery,
    values: Values,
    releases: Sequence[Snapshot],
    run: Run,
    changes: Changes,
    address: str = "",
) -> RowHistory:
    """What releases, oldest first, of which the last ten count, changed in the rows of a call.

    `run` gives the rows of a bound query on a release; a query text is the same for all of them, that of the
    newest. Raises WrongParameter, and what `run` raises.
    """
    text, kept = query.bind(values), releases[-MOST_RELEASES:]
    facts = {release.id: about(query, values, release.manifest, address) for release in kept}
    once = _once(run)
    entries = [
        FeedEntry(_entry_iri(facts[after.id], before.id), facts[after.id], facts[before.id], found)
        for before, after in pairwise(kept)
        if (found := changes.between(text, before, after, once))
    ]
    return RowHistory(facts[kept[-1].id], facts[kept[0].id], entries[::-1])


def feed(told: RowHistory, language: str = "en") -> str:
    """The same as a feed."""
    return render_file(
        "changes.atom",
        language,
        about=told.newest,
        updated=(told.entries[0].about if told.entries else told.oldest).written,
        entries=told.entries,
        address=told.feed,
        generator=GENERATOR,
        most_rows=MOST_ROWS,
        first_rows=partial(first_rows, language=language),
        xml=_xml_text,
        cited=partial(citation, language=language),
    )


def first_rows(table: Table, query: str, language: str) -> Reading:
    """As many rows as are shown of one change, for a reader."""
    return read(replace(table, rows=table.rows[:MOST_ROWS]), language, query)


def _once(run: Run) -> Run:
    """Asks each release once, although it stands in two pairs."""
    known: dict[str, Table] = {}

    def ask(text: str, release: Snapshot) -> Table:
        if release.id not in known:
            known[release.id] = run(text, release)
        return known[release.id]

    return ask


def _entry_iri(about: About, before: str) -> str:
    """The same for good: query, values and the two releases."""
    values = about.stable_address().partition("?")[2].removesuffix(f"release={about.release}").rstrip("&")
    iri = f"{BASE}queries/{about.query.name}/changes/{before}..{about.release}"
    return iri + (f"?{values}" if values else "")


def _xml_text(text: str) -> str:
    """Text with what XML cannot hold replaced by a mark."""
    return _NO_XML.sub("\ufffd", text)

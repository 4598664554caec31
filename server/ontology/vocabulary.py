"""The vocabulary of each release, read once, and what pages show of it."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from loader.query.saved_query import SavedQuery
from server.asking.asker import run_table
from server.engine.snapshot import Snapshot
from server.ontology.graph import Graph
from server.ontology.questions import queries_by_term
from server.ontology.terms import Terms
from server.ontology.uses import TEXTS, Uses, uses_of

MOST_RELEASES = 4
Pairs = tuple[tuple[str, str], ...]
TRY_AGAIN_SECONDS = 300.0


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a release, their uses in its data, and the saved queries that name them.

    `shown` has the terms as HTML, by language and by what their links keep: a page of more than a hundred
    terms takes several times as long to make as to send.
    """

    terms: Terms
    uses: Uses
    questions: Mapping[str, list[SavedQuery]]
    shown: dict[tuple[str, Pairs], Markup] = field(default_factory=dict)


class Vocabularies:
    """Those of the releases that were asked for last; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[str, tuple[Vocabulary, float]] = OrderedDict()

    def of(self, release: Snapshot) -> Vocabulary:
        """That of a release; one whose counts took too long is tried again later. Raises Refused."""
        with self._lock:
            vocabulary, until = self._found.get(release.id, (None, 0.0))
            if vocabulary is not None and time.monotonic() < until:
                self._found.move_to_end(release.id)
                return vocabulary
        vocabulary = _read(release)
        until = math.inf if vocabulary.uses.is_counted else time.monotonic() + TRY_AGAIN_SECONDS
        with self._lock:
            self._found[release.id] = vocabulary, until
            while len(self._found) > MOST_RELEASES:
                self._found.popitem(last=False)
        return vocabulary


def _read(release: Snapshot) -> Vocabulary:
    terms = Terms(Graph.of(run_table(TEXTS["ontology"], release)))
    named = (*terms.all_classes, *terms.all_properties, *terms.schemes, *terms.concepts)
    questions = queries_by_term(release.queries, named)
    return Vocabulary(terms, uses_of(terms, release), questions)

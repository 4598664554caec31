"""The vocabulary of each release, read once, and what pages show of it."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from loader.query.saved_query import SavedQuery
from server.asking.asker import own_asker
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.ontology.graph import OntologyGraph
from server.ontology.questions import queries_by_term
from server.ontology.terms import OntologyTerms
from server.ontology.uses import TEXTS, Uses, uses_of

Pairs = tuple[tuple[str, str], ...]
TRY_AGAIN_SECONDS = 300.0


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The terms of a release, their uses in its data, and the saved queries that name them.

    `shown` has the terms as HTML, by language and by what their links keep: a page of more than a hundred
    terms takes several times as long to make as to send. `until` is when its uses are to be counted anew.
    """

    terms: OntologyTerms
    uses: Uses
    questions: Mapping[str, list[SavedQuery]]
    until: float = math.inf
    shown: dict[tuple[str, Pairs], Markup] = field(default_factory=dict)


def vocabulary_of(release: Snapshot) -> Vocabulary:
    """That of a release; one whose counts took too long is tried again later. Raises Refused."""
    memory = state().memory
    vocabulary = memory.get(release.id, "vocabulary", "", lambda: _read(release))
    if time.monotonic() < vocabulary.until:
        return vocabulary
    memory.forget(release.id, "vocabulary", "")
    return memory.get(release.id, "vocabulary", "", lambda: _read(release))


def _read(release: Snapshot) -> Vocabulary:
    terms = OntologyTerms(OntologyGraph.of(own_asker(release).table(TEXTS["ontology"])))
    named = (*terms.all_classes, *terms.all_properties, *terms.schemes, *terms.concepts)
    questions = queries_by_term(release.queries, named)
    uses = uses_of(terms, release)
    until = math.inf if uses.is_counted else time.monotonic() + TRY_AGAIN_SECONDS
    return Vocabulary(terms=terms, uses=uses, questions=questions, until=until)

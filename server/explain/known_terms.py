"""The terms that a release knows, and which of them are most like one that it does not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from loader.query.mistakes.words import LEAST_ALIKE
from server.asking.asker import Asker
from server.http.state import state
from server.prefixes import prefixed
from server.tables.table import Cell, Table

MOST_KNOWN, NEAREST = 50_000, 3
_KNOWN = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?term ?label WHERE {{
  {{ ?term rdfs:label|skos:altLabel ?label }}
  UNION {{ SELECT DISTINCT ?term {{ ?s ?term ?o }} }}
  UNION {{ SELECT DISTINCT ?term {{ ?s a ?term }} }}
}} LIMIT {MOST_KNOWN}"""


@dataclass(frozen=True)
class KnownTerms:
    """The IRIs of a release that people ask by, each with its labels and other names."""

    labels: Mapping[str, tuple[Cell, ...]]

    @classmethod
    def of(cls, table: Table) -> "KnownTerms":
        labels: dict[str, tuple[Cell, ...]] = {}
        for row in table.in_order().dictionaries():
            if row["term"].kind == "uri":
                known = labels.setdefault(row["term"].value, ())
                labels[row["term"].value] = (*known, row["label"]) if "label" in row else known
        return cls(labels)

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """What a term may be recognised by, and its IRI: the last part of that, and every label."""
        by_name = [(_local(iri), iri) for iri in self.labels]
        return by_name + [(label.value, iri) for iri, labels in self.labels.items() for label in labels]

    def nearest(self, value: str, is_iri: bool) -> list[dict[str, str]]:
        """The known terms alike by letters, best first; of the same namespace before others."""
        asked = _local(value) if is_iri else value
        space = value.removesuffix(asked) if is_iri else "\0"
        words = [word for word, _ in self._words]
        matches = process.extract(
            asked,
            words,
            scorer=fuzz.ratio,
            processor=utils.default_process,
            limit=40,
            score_cutoff=LEAST_ALIKE,
        )
        scores: dict[str, float] = {}
        for _, score, place in matches:
            iri = self._words[place][1]
            near = score + 20 * (iri.removesuffix(_local(iri)) == space) + fuzz.ratio(value, iri) / 10
            scores[iri] = max(scores.get(iri, 0.0), near)
        best = sorted(scores, key=lambda iri: (-scores[iri], iri))[:NEAREST]
        return [{"iri": iri, **self._names(iri)} for iri in best]

    def _names(self, iri: str) -> dict[str, str]:
        """The name with a prefix and the first label in each language, where there is one."""
        short = {"name": prefixed(iri)} if prefixed(iri) else {}
        members = {"label": ("en", ""), "label_ar": ("ar",)}
        found = {
            member: next((label.value for label in self.labels[iri] if label.language in languages), "")
            for member, languages in members.items()
        }
        return short | {member: label for member, label in found.items() if label}


def known_terms(release: str, asker: Asker) -> KnownTerms:
    """Those of a release, asked once. Raises Refused."""
    question = replace(asker.question, default_graphs=(), named_graphs=(), release=release)
    everything = replace(asker, question=question)
    return state().memory.get(release, "known terms", "", lambda: KnownTerms.of(everything.table(_KNOWN)))


def _local(iri: str) -> str:
    """The part behind the last slash or hash."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]

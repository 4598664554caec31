"""What is known of a release for matching, read once for each; finds things by id, identifier and name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from rapidfuzz import fuzz, process

from loader.release.namespaces import BASE
from server.asking.asker import asker_of_all, own_asker
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best
from server.reconcile.entities import NAMES, Entity, Held, KnownName, entities_of, id_of
from server.reconcile.identifiers import known_identifier, schemes
from server.reconcile.words import Compared, compared
from server.tables.table import Table

FOLDER = Path(__file__).parent
FACTS = (FOLDER / "facts.rq").read_text(encoding="utf-8")
M49_NAMES = (FOLDER / "m49-names.rq").read_text(encoding="utf-8")
TENURES = (FOLDER / "tenures.rq").read_text(encoding="utf-8")
ALIKE, MOST_ALIKE = 55, 60


@dataclass(frozen=True, kw_only=True)
class EntityCatalogue:
    """The things of a release, and the ways to find them; never changes."""

    entities: Mapping[str, Entity]
    tenures: tuple[Held, ...]
    labels: Mapping[str, Mapping[str, str]]
    _by_identifier: Mapping[str, list[str]]
    _by_word: Mapping[str, list[tuple[KnownName, str]]]
    _by_sound: Mapping[str, list[tuple[KnownName, str]]]

    def name(self, id_: str, language: str) -> Text:
        """What a thing is called, of whatever type; else the last part of its id."""
        return best(self.labels.get(id_, {}), language, id_)

    def get(self, id_: str) -> Entity | None:
        """A thing by its id in any of its spellings, or by its IRI."""
        return self.entities.get(id_.strip().removeprefix(BASE)) or self.entities.get(
            id_of(unquote(id_).strip()).strip("/")
        )

    def identified(self, canonical: str) -> list[Entity]:
        """The things that have an identifier, given in our one form."""
        return [self.entities[id_] for id_ in self._by_identifier.get(canonical, ())]

    def near(self, asked: Compared) -> dict[tuple[str, KnownName], None]:
        """The names that may be meant, with the ids of their things: alike as a whole, or with all words."""
        found: dict[tuple[str, KnownName], None] = {}
        for sound in dict.fromkeys(asked.sounds):
            alike = process.extract(
                sound, self._by_sound.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ALIKE
            )
            found |= {(id_, name): None for key, _, _ in alike for name, id_ in self._by_sound[key]}
        rarest = min((self._by_word.get(word, []) for word in asked.words), key=len, default=[])
        long_words = [word for word in asked.words if len(word) > 1]
        for word in long_words[:1] if len(long_words) < len(asked.words) else ():
            rarest = rarest or self._by_word.get(word, [])
        return found | {(id_, name): None for name, id_ in rarest}


def catalogue_of(release: Snapshot) -> EntityCatalogue:
    """What is known of a release, read when it is asked for first. Raises Refused."""
    return state().memory.get(release.id, "reconciliation", "", lambda: _read(release))


def _read(release: Snapshot) -> EntityCatalogue:
    ours = own_asker(release)
    told, in_m49 = ours.table(FACTS), asker_of_all(release).table(M49_NAMES)
    facts = Table(told.columns, told.rows + in_m49.rows).in_order()
    rows = ours.table(TENURES).dictionaries()
    tenures = tuple(
        Held(id_of(row["person"].value), id_of(row["post"].value), row["edtf"].value) for row in rows
    )
    return _catalogue(entities_of(facts, tenures), tenures, facts)


def _catalogue(entities: Iterable[Entity], tenures: tuple[Held, ...], facts: Table) -> EntityCatalogue:
    by_id = {entity.id: entity for entity in entities}
    by_identifier, by_word, by_sound = defaultdict(list), defaultdict(list), defaultdict(list)
    for entity in by_id.values():
        for identifier in entity.identifiers:
            by_identifier[identifier].append(entity.id)
        for name in entity.names:
            for word in set(name.compared.words):
                by_word[word].append((name, entity.id))
            for sound in set(name.compared.sounds):
                by_sound[sound].append((name, entity.id))
    return EntityCatalogue(
        entities=by_id,
        tenures=tenures,
        labels=_labels(facts),
        _by_identifier=by_identifier,
        _by_word=by_word,
        _by_sound=by_sound,
    )


def _labels(facts: Table) -> dict[str, dict[str, str]]:
    """The labels of everything, kinds of missions and the like too."""
    found: dict[str, dict[str, str]] = {}
    for row in facts.dictionaries():
        if row["what"].value == NAMES[0]:
            found.setdefault(id_of(row["thing"].value), {})[row["value"].language] = row["value"].value
    return found


def resolved(text: str, type_: str, catalogue: EntityCatalogue) -> set[str]:
    """The ids of things of a type that a value may stand for: id, IRI, identifier or the same name."""
    if entity := catalogue.get(text):
        return {entity.id}
    known = known_identifier(text, type_ in ("", "place")) or _padded(text, type_)
    if known:
        return {entity.id for entity in catalogue.identified(known)}
    asked = compared(text)
    own = [(id_, name.compared) for id_, name in catalogue.near(asked) if name.is_own]
    fits = {id_ for id_, name in own if name.joined == asked.joined}
    return {id_ for id_ in fits if not type_ or id_.startswith(type_ + "/")}


def _padded(text: str, type_: str) -> str:
    """An M49 code that has lost its zeros on the way."""
    return schemes()["m49"].read(text, True) if type_ == "place" else ""

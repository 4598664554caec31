"""The things that a name may stand for, each with a score, and whether one of them is certain."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from server.reconcile.batch import NameQuery
from server.reconcile.catalogue import EntityCatalogue
from server.reconcile.conditions import Condition, conditions_of
from server.reconcile.entities import Entity
from server.reconcile.identifiers import known_identifier
from server.reconcile.nearness import INITIALS, fits_with_initials, nearness
from server.reconcile.offer import offer
from server.reconcile.words import Compared, compared, without_title

# On a scale to 100: from where a candidate is offered, may be lifted by what else fits, and is certain.
LEAST, UNNAMED, LIFTED, CERTAIN = 36.0, 50.0, 66.0, 85.0
NOT_ALONE, NOT_ALONE_NEAR = 0.75, 0.6  # what a name counts that is no name by itself
LIFT, UNKNOWN, CONTRADICTED, OTHER_TYPE = 0.6, 0.97, 0.6, 0.8
MARGIN = 3.0  # what is nearer than that is as good
Feature = bool | float


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A thing with its score and what that is made of."""

    entity: Entity
    score: float
    features: dict[str, Feature] = field(default_factory=dict)
    is_certain: bool = False

    @property
    def is_contradicted(self) -> bool:
        return any(value is False for value in self.features.values())


def candidates(query: NameQuery, catalogue: EntityCatalogue) -> list[Scored]:
    """The best candidates first, as many as are wanted; at most the first is certain."""
    if query.types and not set(query.types) & set(offer().types):
        return []
    conditions = conditions_of(query.properties, catalogue)
    near = _by_text(query, catalogue) if query.text else _by_conditions(conditions, catalogue)
    near += _by_identifiers(conditions, catalogue, {one.entity.id for one in near})
    found = [_scored(one, query, conditions) for one in near if _is_wanted(one.entity, query)]
    found = [one for one in found if one.score >= LEAST]
    found.sort(key=lambda one: (-one.score, one.entity.id))
    return _decided(found)[: query.limit]


def _is_wanted(entity: Entity, query: NameQuery) -> bool:
    """Whether its type will do; nothing here is of several types at once."""
    if query.strict == "all" and len(set(query.types)) > 1:
        return False
    return not query.types or query.strict == "should" or entity.type in query.types


def _by_text(query: NameQuery, catalogue: EntityCatalogue) -> list[Scored]:
    """All whose names come near, or that are known by this identifier."""
    known = known_identifier(query.text, query.types == ("place",))
    if known and (having := catalogue.identified(known)):
        return [Scored(entity=one, score=100.0, features={"identifier": True}) for one in having]
    scores = _name_scores(compared(query.text), catalogue)
    if rest := without_title(query.text):
        people = _name_scores(compared(rest), catalogue)
        scores = _best(scores, {id_: score for id_, score in people.items() if id_.startswith("person/")})
    if "person" in query.types:
        scores = _best(scores, _holders(scores, catalogue))
    return [
        Scored(entity=catalogue.entities[id_], score=score, features={"name": round(score, 1)})
        for id_, score in scores.items()
    ]


def _name_scores(asked: Compared, catalogue: EntityCatalogue) -> dict[str, float]:
    """How near the nearest name of each thing comes, to 100."""
    scores: dict[str, float] = {}
    for id_, name in catalogue.near(asked):
        near = nearness(asked, name.compared)
        if id_.startswith("person/") and near < INITIALS and fits_with_initials(asked, name.compared):
            near = INITIALS
        if not name.is_own:
            near *= NOT_ALONE if near == 1 else NOT_ALONE_NEAR
        scores[id_] = max(scores.get(id_, 0.0), 100 * near)
    return scores


def _best(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {id_: max(one.get(id_, 0.0), other.get(id_, 0.0)) for id_ in one | other}


def _holders(scores: dict[str, float], catalogue: EntityCatalogue) -> dict[str, float]:
    """Who held the posts that are named: certain only with a time at which one did."""
    named = ((held.person, scores.get(held.post, 0.0)) for held in catalogue.tenures)
    return {person: NOT_ALONE * score for person, score in named if score >= CERTAIN}


def _by_conditions(conditions: list[Condition], catalogue: EntityCatalogue) -> list[Scored]:
    """Without a name, all of which something that is asked is so."""
    entities = catalogue.entities.values() if conditions else ()
    fitting = (one for one in entities if any(condition.holds_for(one) for condition in conditions))
    return [Scored(entity=one, score=UNNAMED) for one in fitting]


def _by_identifiers(
    conditions: list[Condition], catalogue: EntityCatalogue, known: Container[str]
) -> list[Scored]:
    """Those that have an identifier which is asked for, whatever they are called."""
    asked = (value for one in conditions if one.feature == "identifier" for value in one.values)
    having = {entity.id: entity for value in asked for entity in catalogue.identified(value)}
    return [Scored(entity=entity, score=UNNAMED) for id_, entity in having.items() if id_ not in known]


def _scored(near: Scored, query: NameQuery, conditions: Iterable[Condition]) -> Scored:
    """A candidate with all that is asked taken into account."""
    features = {**near.features, **_features(near.entity, query, conditions)}
    asked = [c for c in conditions if c.feature not in features]
    score = 100.0 if features.get("identifier") is True else near.score
    scored = replace(near, score=score, features=features)
    return replace(scored, score=round(_adjusted(scored, bool(asked)), 1))


def _features(entity: Entity, query: NameQuery, conditions: Iterable[Condition]) -> dict[str, Feature]:
    found: dict[str, Feature] = {"type": entity.type in query.types} if query.types else {}
    for condition in conditions:
        holds = condition.holds_for(entity)
        if holds is not None:
            found[condition.feature] = holds and found.get(condition.feature, True)
    return found


def _adjusted(scored: Scored, is_something_unknown: bool) -> float:
    """The score of the name, less for what is not so, more for a part of a name where the rest fits."""
    features = {id_: value for id_, value in scored.features.items() if id_ not in ("name", "type")}
    score = scored.score * (OTHER_TYPE if scored.features.get("type") is False else 1)
    if False in features.values():
        return score * CONTRADICTED
    if features and LIFTED <= score < CERTAIN:
        score += LIFT * (100 - score)
    return score * UNKNOWN if is_something_unknown else score


def _decided(found: list[Scored]) -> list[Scored]:
    """Marks the first as certain where it is, and no other is as good."""
    if not found:
        return []
    first, *others = found
    is_alone = not others or others[0].score < first.score - MARGIN
    is_certain = first.score >= CERTAIN and not first.is_contradicted and is_alone
    return [replace(first, is_certain=is_certain), *others]

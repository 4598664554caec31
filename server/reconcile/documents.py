"""The candidates for the queries of a batch, as the specification wants them in JSON."""

from collections.abc import Mapping

from server.reconcile.batch import NameQuery
from server.reconcile.catalogue import EntityCatalogue
from server.reconcile.entities import Entity
from server.reconcile.matching import Scored, candidates
from server.reconcile.offer import offer
from server.reconcile.wording import description, why_not

Document = dict[str, object]


def results(batch: Mapping[str, NameQuery], catalogue: EntityCatalogue, language: str) -> Document:
    """The candidates for each query."""
    return {
        key: {"result": [_candidate(one, catalogue, language) for one in candidates(query, catalogue)]}
        for key, query in batch.items()
    }


def type_document(entity: Entity, language: str) -> Document:
    """The type of a thing."""
    return {"id": entity.type, "name": offer().types[entity.type].name(language)}


def _candidate(scored: Scored, catalogue: EntityCatalogue, language: str) -> Document:
    entity, against = scored.entity, why_not(scored, language)
    about = description(entity, catalogue, language)
    return {
        "id": entity.id,
        "name": entity.name(language).words,
        "description": f"{about} – {against}" if about and against else about or against,
        "type": [type_document(entity, language)],
        "score": scored.score,
        "match": scored.is_certain,
        "features": [{"id": id_, "value": value} for id_, value in scored.features.items()],
    }

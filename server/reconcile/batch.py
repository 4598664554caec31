"""The queries of a batch, read strictly: what is wrong is said with the key of the query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from server.reconcile.offer import offer
from server.refusal import Refused

MOST_QUERIES, MOST_LIMIT, USUAL_LIMIT = 50, 100, 10
MEMBERS = ("query", "type", "limit", "properties", "type_strict")
Strict = Literal["any", "should", "all"]


@dataclass(frozen=True, kw_only=True)
class NameQuery:
    """A name to match, of things of some types or of any, with what else is known of the thing."""

    text: str
    types: tuple[str, ...]
    strict: Strict
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]


def read_batch(text: str) -> dict[str, NameQuery]:
    """The queries by their keys. Raises Refused."""
    batch = read_object(text, "queries")
    if len(batch) > MOST_QUERIES:
        detail = f"The batch has {len(batch)} queries; it may have {MOST_QUERIES} at a time."
        raise Refused("too-large", detail)
    return {key: _query(key, query) for key, query in batch.items()}


def read_object(text: str, parameter: str) -> dict[str, object]:
    """The JSON object of a parameter. Raises Refused."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        detail = f"{parameter} is not JSON: {str(error)[:200]}."
        raise Refused("request", detail, line=line, column=column) from None
    if not isinstance(found, dict):
        raise Refused("request", f"{parameter} is {shown(found)}; it must be a JSON object.")
    return found


def shown(value: object) -> str:
    """A value as a sentence shows it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:60] + "…"


def _query(key: str, told: object) -> NameQuery:
    if not isinstance(told, dict):
        raise wrong_query(key, f"is {shown(told)}; it must be a JSON object")
    for member in told:
        if member not in MEMBERS:
            raise wrong_query(key, f"has {member[:60]!r}, which is none of {', '.join(MEMBERS)}")
    text, properties = told.get("query", ""), told.get("properties") or []
    if not isinstance(text, str):
        raise wrong_query(key, f"has the query {shown(text)}; it must be a text")
    if not (text.strip() or properties):
        raise wrong_query(key, "has neither a query nor a property")
    return NameQuery(
        text=text.strip(),
        types=_types(key, told.get("type")),
        strict=_strict(key, told.get("type_strict", "any")),
        limit=_limit(key, told.get("limit")),
        properties=_properties(key, properties),
    )


def wrong_query(key: str, what: str) -> Refused:
    """The problem of one query of a batch."""
    return Refused("request", f"Query {key[:60]!r} {what}.", members={"query": key[:200]})


def _types(key: str, told: object) -> tuple[str, ...]:
    given: list[object] = told if isinstance(told, list) else [told] if told else []
    types = [one for one in given if isinstance(one, str)]
    if len(types) < len(given):
        raise wrong_query(key, f"has the type {shown(told)}; it must be a type or a list of types")
    return tuple(filter(None, types))


def _strict(key: str, told: object) -> Strict:
    if told not in ("any", "should", "all"):
        raise wrong_query(key, f"has the type_strict {shown(told)}; it must be any, should or all")
    return told


def _limit(key: str, told: object) -> int:
    if told is None:
        return USUAL_LIMIT
    if isinstance(told, bool) or not isinstance(told, int | float) or not told >= 1:
        raise wrong_query(key, f"has the limit {shown(told)}; it must be a number from 1")
    return int(min(told, MOST_LIMIT))


def _properties(key: str, told: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(told, list):
        raise wrong_query(key, f"has the properties {shown(told)}; they must be a list")
    return tuple(_property(key, one) for one in told)


def _property(key: str, told: object) -> tuple[str, tuple[str, ...]]:
    if not isinstance(told, Mapping) or not isinstance(told.get("pid"), str) or "v" not in told:
        raise wrong_query(key, f"has the property {shown(told)}; it must have a pid and a v")
    if told["pid"] not in offer().properties:
        listed = ", ".join(offer().properties)
        raise wrong_query(key, f"has the property {told['pid'][:60]!r}, which is none of {listed}")
    values = told["v"] if isinstance(told["v"], list) else [told["v"]]
    return told["pid"], tuple(filter(None, (_value(key, value) for value in values)))


def _value(key: str, told: object) -> str:
    """A value as text; a thing that was matched before counts by its id, and a blank cell is none."""
    if isinstance(told, Mapping):
        told = told.get("id")
    if isinstance(told, float) and told.is_integer():
        told = int(told)
    if told is not None and not isinstance(told, str | int | float):
        raise wrong_query(key, f"has the value {shown(told)}; it must be a text, a number or an entity")
    return "" if told is None else str(told).strip()

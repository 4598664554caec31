"""What the service offers, as `service.toml` says it: types, properties, and what scores are made of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Holds = Literal["date", "entity", "text", "number", "identifier"]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A type, a property or a feature, with its name or explanation in both languages."""

    id: str
    en: str
    ar: str

    def name(self, language: str) -> str:
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, kw_only=True)
class OfferedProperty(Offered):
    """A property of things of some types, or of all where none is named; `type` is that of its values."""

    holds: Holds
    types: tuple[str, ...]
    type: str = ""
    about_en: str = ""
    about_ar: str = ""

    def about(self, language: str) -> str:
        return self.about_ar if language == "ar" else self.about_en

    def is_of(self, type_: str) -> bool:
        return not (type_ and self.types) or type_ in self.types


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All that is offered, by id and in the order of the file."""

    types: dict[str, Offered]
    properties: dict[str, OfferedProperty]
    features: dict[str, Offered]


@cache
def offer() -> Offer:
    """What the file says, read once."""
    told = tomllib.loads(Path(__file__).with_name("service.toml").read_text(encoding="utf-8"))
    properties = ({**one, "types": tuple(one["types"])} for one in told["property"])
    return Offer(
        types={one["id"]: Offered(**one) for one in told["type"]},
        properties={one["id"]: OfferedProperty(**one) for one in properties},
        features={one["id"]: Offered(**one) for one in told["feature"]},
    )

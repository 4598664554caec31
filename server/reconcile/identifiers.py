"""Identifiers in the forms in which they circulate, made one, by the table `data/identifiers.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from loader.datasets.identifier_forms import TABLE

_CODES = ("m49", "iso3166", "iso3166-alpha3")


@dataclass(frozen=True, kw_only=True)
class IdentifierScheme:
    """Who gives identifiers, as a property of the service: `form` in full, `short` where that is clear.

    `bare` says that a short form is known for what it is; numbers get zeros in front up to `digits`.
    """

    id: str
    form: str
    short: str
    ours: str
    iri: str = ""
    bare: bool = False
    digits: int = 0

    def read(self, text: str, is_named: bool) -> str:
        """The one form of an identifier, or an empty string where this is none of the scheme."""
        found = re.fullmatch(self.form, text) or (re.fullmatch(self.short, text) if is_named else None)
        return self.ours.format(re.sub(r"[ -](?=\d)", "", found[1]).zfill(self.digits)) if found else ""

    def shown(self, canonical: str) -> str:
        """What people call it: the part that distinguishes it."""
        return canonical.removeprefix(self.ours.format(""))


@cache
def schemes() -> dict[str, IdentifierScheme]:
    """All schemes by their ids."""
    told = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {one["id"]: IdentifierScheme(**one) for one in told["scheme"]}


def known_identifier(text: str, is_place: bool) -> str:
    """What a text is known to be by its form alone; codes of places only where a place is asked for."""
    text = text.strip()
    if is_place and re.fullmatch(r"\d{3}|[A-Z]\.?[A-Z]\.?(?:[A-Z]\.?)?", text):
        text = text.replace(".", "")
    for scheme in schemes().values():
        if found := scheme.read(text, scheme.bare or (is_place and scheme.id in _CODES)):
            return found
    return ""


def scheme_of(canonical: str) -> str:
    """The id of the scheme of an identifier in our one form, or an empty string."""
    ids = (one.id for one in schemes().values() if canonical.startswith(one.ours.format("")))
    return next(ids, "")

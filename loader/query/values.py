"""The types of parameters: what a value must be, and the RDF term it becomes; raw text goes no further."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loader.folding import fold
from loader.release.namespaces import RDF, XSD

# RFC 3987, section 2.2, without the characters that turn the direction of writing, and private ones.
_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_CHARACTER = (
    rf"(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=\xa0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff"
    rf"\uf900-\ufdcf\ufdf0-\uffef{_PLANES}]|%[0-9A-Fa-f]{{2}})"
)
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_CHARACTER}+(?:#{_CHARACTER}*)?")
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


class WrongValue(ValueError):
    """A value that is not of its parameter's type; the message says what would be."""


def _iri(value: str) -> str:
    if not _IRI.fullmatch(value):
        raise WrongValue("an absolute IRI, such as http://www.wikidata.org/entity/Q7809")
    return f"<{value}>"


def _string(value: str) -> str:
    if any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in value):
        raise WrongValue("text of Unicode characters")
    return '"' + "".join(_ESCAPES.get(c, c) for c in value) + '"'


def _folded(value: str) -> str:
    return _string(fold(value))


def _integer(value: str) -> str:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise WrongValue("a whole number, such as 3")
    return f'"{int(value)}"^^<{XSD}integer>'


def _decimal(value: str) -> str:
    if not re.fullmatch(r"[+-]?(?:[0-9]{1,17}(?:\.[0-9]{0,17})?|\.[0-9]{1,17})", value):
        raise WrongValue("a decimal number, such as 3.5")
    return f'"{Decimal(value):f}"^^<{XSD}decimal>'


def _number(value: str) -> str:
    """As it would stand in a query: whole, or with a fraction."""
    if re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        return _integer(value)
    try:
        return _decimal(value)
    except WrongValue:
        raise WrongValue("a number, such as 3 or 3.5") from None


def _text_in(language: str) -> Callable[[str], str]:
    return lambda value: f"{_string(value)}@{language}"


def _boolean(value: str) -> str:
    if value not in ("true", "false"):
        raise WrongValue("true or false")
    return f'"{value}"^^<{XSD}boolean>'


def _date(value: str) -> str:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        return f'"{date.fromisoformat(value)}"^^<{XSD}date>'
    except ValueError:
        raise WrongValue("a day, such as 2011-11-21") from None


def _year(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise WrongValue("a year of four digits, such as 2011")
    return f'"{int(value)}"^^<{XSD}integer>'


def _lang(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", value):
        raise WrongValue("a language tag, such as ar")
    return f'"{value.lower()}"'


def _day(value: str) -> int:
    return date.fromisoformat(value).toordinal()


def _is_true(value: str) -> bool:
    return value == "true"


@dataclass(frozen=True, kw_only=True)
class ParameterType:
    """All that is known of a type; a new one is an entry in TYPES.

    `term` writes a value in SPARQL's notation or raises WrongValue, `json` gives it as JSON has it, and
    `order` as a number to compare by; a type without an order can have no range. An IRI has no datatype.
    `control` is the one of the form. `is_sought`: the graph may lack such a value, which is then why there
    are no rows.
    """

    term: Callable[[str], str]
    datatype: str
    control: str
    json: Callable[[str], str | float | bool]
    schema: Mapping[str, object]
    order: Callable[[str], float] | None
    is_sought: bool


# In these a text may be given, as in `?_name_en`: the languages of the United Nations.
_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

TYPES = {
    "iri": ParameterType(
        term=_iri, datatype="", control="text", order=None, is_sought=True,
        json=str, schema={"type": "string", "format": "iri"},
    ),
    "string": ParameterType(
        term=_string, datatype=f"{XSD}string", control="text", order=None, is_sought=True,
        json=str, schema={"type": "string"},
    ),
    "folded": ParameterType(
        term=_folded, datatype=f"{XSD}string", control="text", order=None, is_sought=True,
        json=str, schema={"type": "string"},
    ),
    "integer": ParameterType(
        term=_integer, datatype=f"{XSD}integer", control="number", order=int, is_sought=False,
        json=int, schema={"type": "integer"},
    ),
    "decimal": ParameterType(
        term=_decimal, datatype=f"{XSD}decimal", control="number", order=float, is_sought=False,
        json=float, schema={"type": "number"},
    ),
    "number": ParameterType(
        term=_number, datatype=f"{XSD}decimal", control="number", order=float, is_sought=False,
        json=float, schema={"type": "number"},
    ),
    "boolean": ParameterType(
        term=_boolean, datatype=f"{XSD}boolean", control="truth", order=None, is_sought=False,
        json=_is_true, schema={"type": "boolean"},
    ),
    "date": ParameterType(
        term=_date, datatype=f"{XSD}date", control="date", order=_day, is_sought=False,
        json=str, schema={"type": "string", "format": "date"},
    ),
    "year": ParameterType(
        term=_year, datatype=f"{XSD}integer", control="number", order=int, is_sought=False,
        json=int, schema={"type": "integer", "minimum": 0, "maximum": 9999},
    ),
    "lang": ParameterType(
        term=_lang, datatype=f"{XSD}string", control="text", order=None, is_sought=False,
        json=str, schema={"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
    ),
} | {
    language: ParameterType(
        term=_text_in(language), datatype=f"{RDF}langString", control="text", order=None, is_sought=True,
        json=str, schema={"type": "string"},
    )
    for language in _LANGUAGES
}  # fmt: skip


# The types that grlc takes by the name of their datatype, as in `?_day_xsd_date`; and one that is a string.
OF_GRLC = {f"_xsd_{name}": name for name in ("string", "integer", "decimal", "boolean", "date")} | {
    "_literal": "string"
}


def as_term(type_: str, value: str) -> str:
    """The RDF term, in SPARQL's notation, of a value given as text.

    Raises WrongValue, whose message completes "it must be …".
    """
    return TYPES[type_].term(value)


def iri_terms(iris: Iterable[str]) -> list[str]:
    """The terms of IRIs, in SPARQL's notation; what is no proper IRI is left out."""
    return [term for iri in iris if (term := _iri_or_nothing(iri))]


def _iri_or_nothing(iri: str) -> str:
    try:
        return as_term("iri", iri)
    except WrongValue:
        return ""

"""The language of a request, its direction, and which of several labels its reader gets."""

from collections.abc import Mapping
from typing import NamedTuple

from babel import Locale
from flask import g, request

from server.i18n.texts import LANGUAGES

NAMES = {"en": "English", "ar": "العربية"}
# As the United Nations write it, and so all our texts; the dictionary of languages has another spelling.
_SPELT = {"الإنجليزية": "الإنكليزية"}


class Text(NamedTuple):
    """Words and their language; an empty language is not known or does not matter."""

    words: str
    language: str = ""


def asked_language() -> str:
    """The language that the address itself names, or an empty string."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else ""


def language() -> str:
    """What the address asks for, else what the browser prefers, else English; found once a request."""
    if "language" not in g:
        g.language = asked_language() or request.accept_languages.best_match(LANGUAGES, default="en")
    return str(g.language)


def direction(language: str) -> str:
    """In which direction a language is written, as HTML says it."""
    return "rtl" if language.split("-")[0] in ("ar", "fa", "he", "ur") else "ltr"


def best(labels: Mapping[str, str], language: str, iri: str = "") -> Text:
    """The label in a language, else in our other one, else in any, else the last part of the IRI."""
    for choice in (language, *LANGUAGES, *sorted(labels)):
        if labels.get(choice):
            return Text(labels[choice], choice)
    return Text(slug(iri))


def language_name(code: str, language: str) -> str:
    """What a language is called in another, or nothing."""
    name = str(Locale(language).languages.get(code, ""))
    return _SPELT.get(name, name)


def slug(iri: str) -> str:
    """The last part of an IRI, which its maker meant to be read; the whole where there is none."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri

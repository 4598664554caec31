"""Mistakes in a term: a word without quotation marks or prefix, a date like a sum, a variable in a path."""

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck

_PATH_SIGNS = ("*", "+", "?", "/", "|")


def _bare_word(stuck: Stuck) -> Mistake | None:
    """A word where a term is wanted."""
    if not stuck.is_strange_word or "IRI" not in stuck.expected:
        return None
    token, word = stuck.here.token, stuck.here.token.text[:60]
    if "STRING" in stuck.expected:
        message = (
            "%(word)s alone is not a term: a text is written %(text)s, and a name has a prefix, %(name)s."
        )
        return says(token.start, message, word=word, text=f'"{word}"', name=f"ex:{word}")
    message = "%(word)s alone is not a term: a name has a prefix, %(name)s, or is a whole IRI, %(iri)s."
    return says(token.start, message, word=word, name=f"ex:{word}", iri="<http://example.org/…>")


def _date(stuck: Stuck) -> Mistake | None:
    """A day written as people write it, which is a sum to SPARQL."""
    before = stuck.back()
    is_triple = "." in stuck.expected and not stuck.within("Expression")
    if stuck.here.name not in ("-", "/") or before is None or before.name != "INTEGER" or not is_triple:
        return None
    return says(before.token.start, "A date is written %(sample)s.", sample='"2012-05-31"^^xsd:date')


def _variable_in_path(stuck: Stuck) -> Mistake | None:
    """A sign of paths right behind a variable; a plus could still have begun a number."""
    place = stuck.place if "STRING" in stuck.expected else stuck.place - 1
    sign, variable = stuck.all[place], stuck.all[place - 1]
    is_path = sign.name in _PATH_SIGNS and sign.token.start == variable.token.end
    if place < 1 or variable.name != "VARIABLE" or not is_path or stuck.within("Expression"):
        return None
    message = "A path is made of properties; %(variable)s cannot be part of one."
    return says(variable.token.start, message, variable=variable.token.text[:60])


SLIPS = (_bare_word, _date, _variable_in_path)

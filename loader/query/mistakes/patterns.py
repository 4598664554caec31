"""Mistakes inside the braces: triples with too few or too many terms, stops, FILTER, groups."""

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck

TERMS = (
    "VARIABLE", "IRI", "PREFIXED_NAME", "PREFIX_NAME", "STRING", "INTEGER", "DECIMAL", "TRUE", "FALSE",
    "BLANK", "ANON", "NIL", "a",
)  # fmt: skip
_TRIPLES = ("TriplesBlock", "TriplesTemplate")
_COMPARES = ("=", "!=", "==", "<", ">", "<=", ">=")
_ENDS = ("}", ".", ";", "FILTER", "OPTIONAL", "END")


def _filter_without_brackets(stuck: Stuck) -> Mistake | None:
    before = stuck.back()
    if before is None or before.name not in ("FILTER", "HAVING") or stuck.here.name in ("}", "END"):
        return None
    message = "The condition of %(word)s goes in brackets: %(sample)s."
    return says(before.token.start, message, word=before.name, sample=f"{before.name}(?x > 3)")


def _two_stops(stuck: Stuck) -> Mistake | None:
    before = stuck.back()
    is_second = stuck.here.name == "." and before is not None and before.name == "."
    return says(stuck.here.token.start, "One full stop is enough.") if is_second else None


def _comparison(stuck: Stuck) -> Mistake | None:
    if stuck.here.name not in _COMPARES or not _in_triple(stuck):
        return None
    return says(stuck.here.token.start, "A comparison belongs in %(sample)s.", sample="FILTER(?x = 3)")


def _fourth_term(stuck: Stuck) -> Mistake | None:
    here = stuck.here
    if here.name not in TERMS or not {".", ";"} <= stuck.expected or stuck.within("Expression"):
        return None
    message = "The triple is complete before %(term)s; a full stop or %(semicolon)s is missing there."
    return says(here.token.start, message, term=here.token.text[:60], semicolon=";")


def _missing_term(stuck: Stuck) -> Mistake | None:
    """A triple of one term or of two."""
    before, offset = stuck.back(), stuck.here.token.start
    if before is None or not _in_triple(stuck) or stuck.here.name not in (*_ENDS, ","):
        return None
    last = before.token.text[-60:]
    if "STRING" in stuck.expected:
        return says(offset, "A triple has three terms: the third, after %(term)s, is missing.", term=last)
    if "IRI" in stuck.expected:
        message = "A triple has three terms: the property after %(term)s is missing."
        return says(offset, message, term=last)
    return None


def _literal_as_property(stuck: Stuck) -> Mistake | None:
    here, is_property = stuck.here, "IRI" in stuck.expected and "STRING" not in stuck.expected
    if here.name not in TERMS or not is_property or not _in_triple(stuck):
        return None
    message = "The property of a triple is an IRI or a variable, not %(term)s."
    return says(here.token.start, message, term=here.token.text[:60])


def _in_triple(stuck: Stuck) -> bool:
    return stuck.within(*_TRIPLES) and not stuck.within("Expression", "Constraint")


def _union_without_braces(stuck: Stuck) -> Mistake | None:
    if stuck.here.name != "UNION":
        return None
    message = "Both sides of %(word)s go in braces: %(sample)s."
    return says(stuck.here.token.start, message, word="UNION", sample="{ … } UNION { … }")


def _group_without_braces(stuck: Stuck) -> Mistake | None:
    before = stuck.back()
    is_one = "{" in stuck.expected and len(stuck.expected) < 3
    if before is None or before.token.kind != "word" or not is_one:
        return None
    message = "A group in braces follows %(word)s: %(sample)s."
    return says(stuck.here.token.start, message, word=before.name, sample=before.name + " { … }")


SLIPS = (
    _filter_without_brackets, _two_stops, _comparison, _fourth_term, _missing_term, _literal_as_property,
    _union_without_braces, _group_without_braces,
)  # fmt: skip

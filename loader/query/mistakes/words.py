"""Words that are none of SPARQL's, or not there: misspelt ones, those of SQL, functions that do not exist."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from loader.query.mistakes.grammar import grammar
from loader.query.mistakes.mistake import Mistake, Remark, says
from loader.query.mistakes.parse import Stuck
from loader.query.mistakes.terminals import FUNCTIONS

LEAST_ALIKE = 60
AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")

_HAS_NO_NULL = Remark(
    "There is no %(word)s in SPARQL; %(bound)s tells whether a variable has a value.",
    {"bound": "BOUND(?x), !BOUND(?x)"},
)
_JOINS_ITSELF = Remark("There is no %(word)s in SPARQL: patterns that share a variable are joined.")
# What SQL has, by the word.
_OF_SQL = {
    "LIKE": Remark(
        "There is no %(word)s in SPARQL; write %(contains)s or %(regex)s.",
        {"contains": 'CONTAINS(?text, "…")', "regex": 'REGEX(?text, "…")'},
    ),
    "BETWEEN": Remark("There is no %(word)s in SPARQL; write %(range)s.", {"range": "?x >= 1 && ?x <= 9"}),
    "TOP": Remark("There is no %(word)s in SPARQL; write %(limit)s at the end.", {"limit": "LIMIT 10"}),
    "SORT": Remark("Write %(sign)s in SPARQL, not %(word)s.", {"sign": "ORDER BY"}),
    "IS": _HAS_NO_NULL,
    "NULL": _HAS_NO_NULL,
    "JOIN": _JOINS_ITSELF,
    "ON": _JOINS_ITSELF,
}
_SIGNS = {"AND": "&&", "OR": "||"}


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like one, or nothing where none is."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return found[0] if found else ""


def _word_of_sql(stuck: Stuck) -> Mistake | None:
    token, remark = stuck.here.token, _OF_SQL.get(stuck.here.name)
    if remark is None:
        return None
    return Mistake(token.start, Remark(remark.message, {**remark.values, "word": token.text}))


def _word_for_a_sign(stuck: Stuck) -> Mistake | None:
    """AND, OR and NOT between values, and OR between groups."""
    before, token = stuck.back(), stuck.here.token
    if before and before.name == "NOT" and "EXISTS" in stuck.expected:
        return says(before.token.start, "Write %(sign)s in SPARQL, not %(word)s.", sign="!", word="NOT")
    if stuck.here.name in _SIGNS and stuck.within("Expression"):
        sign = _SIGNS[stuck.here.name]
        return says(token.start, "Write %(sign)s in SPARQL, not %(word)s.", sign=sign, word=token.text)
    if stuck.here.name == "OR":
        message = "Between groups, write %(sign)s in SPARQL, not %(word)s."
        return says(token.start, message, sign="UNION", word=token.text)
    return None


def _unknown_function(stuck: Stuck) -> Mistake | None:
    token, word = stuck.here.token, stuck.here.token.text[:60]
    is_call = stuck.next_name in ("(", "NIL") and "FUNCTION" in stuck.expected
    if not is_call or not stuck.is_strange_word:
        return None
    if near := nearest(word.upper(), [*FUNCTIONS, *AGGREGATES]):
        message = "There is no function %(word)s; the nearest is %(near)s."
        return says(token.start, message, word=word, near=near)
    return says(token.start, "There is no function %(word)s.", word=word)


def _misspelt_word(stuck: Stuck) -> Mistake | None:
    """A word that is like one of those that could stand there."""
    token, keywords = stuck.here.token, grammar().keywords
    near = nearest(token.text[:60].upper(), stuck.expected & keywords) if stuck.is_strange_word else ""
    if not near:
        return None
    message = "%(word)s is not a keyword of SPARQL; the nearest that can come here is %(near)s."
    return says(token.start, message, word=token.text[:60], near=near)


SLIPS = (_word_of_sql, _word_for_a_sign, _unknown_function, _misspelt_word)

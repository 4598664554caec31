"""Mistakes between the clauses of a query: what is selected, in which order clauses stand, the prologue."""

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck
from loader.query.mistakes.terminals import END, Terminal
from loader.query.mistakes.words import AGGREGATES
from loader.query.outline import FORMS

# In the order in which they stand.
_ORDER = ("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "VALUES")
_WRITTEN = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}
_DECLARATION = "PREFIX ex: <http://example.org/>"


def _declaration_of_turtle(stuck: Stuck) -> Mistake | None:
    if stuck.here.token.text.lower() not in ("@prefix", "@base"):
        return None
    message = "SPARQL declares prefixes without %(sign)s and without a full stop: %(declaration)s."
    return says(stuck.here.token.start, message, sign="@", declaration=_DECLARATION)


def _incomplete_declaration(stuck: Stuck) -> Mistake | None:
    """A prefix without its colon, an IRI without its brackets, or a sign behind them."""
    here, offset = stuck.here, stuck.here.token.start
    if stuck.within("PrefixDecl") and "PREFIX_NAME" in stuck.expected:
        return says(offset, "A prefix ends with a colon: %(declaration)s.", declaration=_DECLARATION)
    if stuck.within("PrefixDecl", "BaseDecl") and "IRI" in stuck.expected:
        message = "The IRI of a prefix goes in angle brackets: %(declaration)s."
        return says(offset, message, declaration=_DECLARATION)
    if here.name in (".", ";") and "PREFIX" in stuck.expected:
        return says(offset, "A declaration is not followed by %(sign)s.", sign=here.name)
    return None


def _unnamed_expression(stuck: Stuck) -> Mistake | None:
    here, offset = stuck.here, stuck.here.token.start
    if "AS" in stuck.expected and here.name == "VARIABLE":
        return says(offset, "%(word)s is missing before %(name)s.", word="AS", name=here.token.text)
    if "AS" in stuck.expected and here.name == ")":
        return says(offset, "The expression needs a name: %(sample)s.", sample="(… AS ?name)")
    return None


def _selection(stuck: Stuck) -> Mistake | None:
    """A comma between variables, or a call without brackets around it."""
    here, offset = stuck.here, stuck.here.token.start
    if not stuck.within("SelectClause") or stuck.within("Expression"):
        return None
    if here.name == ",":
        return says(offset, "Variables are not separated by commas.")
    if here.name == "AS":
        message = "An expression with a name of its own goes in brackets: %(sample)s."
        return says(offset, message, sample="(… AS ?name)")
    if here.name not in (*AGGREGATES, "FUNCTION"):
        return None
    message = "A calculated value goes in brackets and has a name: %(sample)s."
    return says(offset, message, sample=f"({here.token.text}(…) AS ?name)")


def _missing_by(stuck: Stuck) -> Mistake | None:
    before = stuck.back()
    if stuck.expected != {"BY"} or before is None:
        return None
    message = "%(by)s is missing after %(word)s."
    return says(stuck.here.token.start, message, by="BY", word=before.token.text)


def _ordering(stuck: Stuck) -> Mistake | None:
    """ASC or DESC behind the variable or without brackets; a comma."""
    before = stuck.back()
    if before and before.name in ("ASC", "DESC"):
        return _direction(stuck, before)
    is_comma = stuck.here.name == "," and not stuck.within("Expression")
    if is_comma and stuck.within("OrderClause", "GroupClause"):
        return says(stuck.here.token.start, "What to order or group by is not separated by commas.")
    return None


def _direction(stuck: Stuck, word: Terminal) -> Mistake:
    """The word is meant for what stands behind it or before it."""
    near = (stuck.here, stuck.back(2))
    ordered = next((one.token.text for one in near if one and one.name == "VARIABLE"), "…")
    message = "%(word)s comes before what to order by, in brackets: %(sample)s."
    return says(word.token.start, message, word=word.token.text, sample=f"{word.name}({ordered})")


def _number(stuck: Stuck) -> Mistake | None:
    """LIMIT and OFFSET with what is no whole number."""
    before, offset = stuck.back(), stuck.here.token.start
    if before is None or before.name not in ("LIMIT", "OFFSET"):
        return None
    if stuck.here.name == "-":
        return says(offset, "%(word)s does not take a number below 0.", word=before.name)
    return says(offset, "%(word)s takes a whole number, such as 10.", word=before.name)


def _two_limits(stuck: Stuck) -> Mistake | None:
    first = stuck.back(2)
    if stuck.here.name != "," or first is None or first.name != "LIMIT":
        return None
    message = "%(word)s is not followed by a comma; write %(sample)s."
    return says(stuck.here.token.start, message, word="LIMIT", sample="LIMIT 10 OFFSET 5")


def _clause_too_late(stuck: Stuck) -> Mistake | None:
    """A clause behind one that it stands before."""
    name = stuck.here.name
    later = _clause_before(stuck) if name in _ORDER else ""
    if not later or _ORDER.index(name) >= _ORDER.index(later):
        return None
    message = "%(clause)s comes before %(later)s."
    values = {"clause": _WRITTEN.get(name, name), "later": _WRITTEN.get(later, later)}
    return says(stuck.here.token.start, message, **values)


def _clause_in_braces(stuck: Stuck) -> Mistake | None:
    """What belongs behind the braces and stands within."""
    name = stuck.here.name
    if name not in (*_ORDER[2:-1], "OFFSET") or "}" not in stuck.expected:
        return None
    message = "%(clause)s comes after the closing brace."
    return says(stuck.here.token.start, message, clause=_WRITTEN.get(name, name))


def _clause_before(stuck: Stuck) -> str:
    """The last clause before a place and in the same braces, by its first word."""
    depth = 0
    for one in reversed(stuck.all[: stuck.place]):
        depth += (one.name in ("}", ")")) - (one.name in ("{", "("))
        if depth < 0:
            return ""
        if depth == 0 and one.name in (*_ORDER, "OFFSET"):
            return "LIMIT" if one.name == "OFFSET" else one.name
    return ""


def _after_the_end(stuck: Stuck) -> Mistake | None:
    here = stuck.here
    if END not in stuck.expected:
        return None
    if here.name == ";":
        return says(here.token.start, "A query does not end with %(sign)s.", sign=";")
    if here.name in FORMS:
        return says(here.token.start, "Only one query can be sent at a time; a second begins here.")
    return None


SLIPS = (
    _declaration_of_turtle, _incomplete_declaration, _unnamed_expression, _selection, _missing_by, _ordering,
    _number, _two_limits, _clause_too_late, _clause_in_braces, _after_the_end,
)  # fmt: skip

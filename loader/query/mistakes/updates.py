"""What the templates and data of updates cannot hold: variables in DATA, blank nodes in DELETE."""

from collections.abc import Iterator, Sequence

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal

_BLANKS = ("BLANK", "ANON", "[")
_DELETED = (("DELETE", "DATA"), ("DELETE", "WHERE"))


def wrong_template(all_: Sequence[Terminal]) -> Mistake | None:
    """The first such term; in a query, none of these words stands before a brace."""
    for one, is_data, is_deleted in _in_braces(all_):
        if is_data and one.name == "VARIABLE":
            return says(
                one.token.start, "Data cannot contain variables, and %(term)s is one.", term=one.token.text
            )
        if is_deleted and one.name in _BLANKS:
            message = "Blank nodes such as %(term)s cannot be deleted by name; use a variable and %(where)s."
            return says(one.token.start, message, term=one.token.text[:60], where="WHERE { … }")
    return None


def _in_braces(all_: Sequence[Terminal]) -> Iterator[tuple[Terminal, bool, bool]]:
    """Each terminal with whether it stands in data, and in what is deleted."""
    opened = [(False, False)]
    words = ("", "")
    for one in all_:
        if one.name == "{":
            deletes = words[-1] == "DELETE" or words in _DELETED
            is_data, is_deleted = opened[-1]
            opened.append((is_data or words[-1] == "DATA", is_deleted or deletes))
        elif one.name == "}":
            opened.pop()
        yield one, *opened[-1]
        words = (words[-1], one.name)

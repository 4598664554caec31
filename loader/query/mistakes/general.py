"""What can be said of any text that leaves the grammar: what stands there, and what could."""

from loader.query.mistakes.grammar import grammar
from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck
from loader.query.mistakes.terminals import END

# What people know better by an example.
_EXAMPLES = {
    "VARIABLE": "?x", "IRI": "<…>", "PREFIXED_NAME": "ex:name", "PREFIX_NAME": "ex:", "STRING": '"…"',
    "INTEGER": "10", "LANGUAGE": "@en", "FUNCTION": "STR(…)",
}  # fmt: skip
_MOST = 8


def cannot_stand(stuck: Stuck) -> Mistake:
    """That what stands at a place cannot stand there, with some of what could."""
    token, could = stuck.here.token, " ".join(_could(stuck))
    if stuck.here.name == END:
        return says(token.start, "The text ends too early; what could come here: %(could)s.", could=could)
    if stuck.expected == {END}:
        return says(token.start, "The query ends before %(here)s.", here=token.text[:60])
    message = "%(here)s cannot come here; what can: %(could)s."
    return says(token.start, message, here=token.text[:60], could=could)


def _could(stuck: Stuck) -> list[str]:
    """Signs first, then terms, then words, each by its name; no more than one can read."""
    names = sorted(
        stuck.expected - {END}, key=lambda name: (name in grammar().keywords, name in _EXAMPLES, name)
    )
    shown = [_EXAMPLES.get(name, name) for name in names if name in _EXAMPLES or name.upper() == name]
    return shown[:_MOST] + (["…"] if len(shown) > _MOST else [])

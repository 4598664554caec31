"""Values one after the other in a sentence, with the commas of whoever reads it."""

from collections.abc import Iterable

from loader.query.mistakes.mistake import Remark


def listed(values: Iterable[object]) -> object:
    """What stands for them in a Remark: each is kept apart from the words and commas around it."""
    first, *rest = [*values] or [""]
    return Remark("%(first)s, %(rest)s", {"first": first, "rest": listed(rest)}) if rest else first

"""Numbers among the facts of a thing as people write them: with marks between thousands, years without."""

from dataclasses import replace

from loader.release.namespaces import BASE, DCAT, OA, VOID
from server.things.values import Value

# What these count is never a year; other vocabularies may give one as a number.
COUNTING = (BASE, DCAT, OA, VOID)
YEARS = range(1000, 3000)


def in_words(value: Value, property_: str) -> Value:
    """A whole number with its thousands marked; any other value as it is."""
    digits = value.shown.words
    if value.shown.kind != "number" or not digits.lstrip("+-").isdecimal():
        return value
    if int(digits) in YEARS and not property_.startswith(COUNTING):
        return value
    return replace(value, shown=replace(value.shown, words=f"{int(digits):,}"))

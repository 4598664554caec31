"""Spelling made equal for comparing: case, accents, the forms of alef, ya and ta marbuta, marks, tatweel."""

import unicodedata
from itertools import filterfalse

_SAME = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})


def fold(text: str) -> str:
    """The text without what does not matter when people look for it."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, parts)).translate(_SAME)

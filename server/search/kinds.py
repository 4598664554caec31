"""Which kind of things a word names: who looks for “mission paris” means what is a mission."""

import tomllib
from pathlib import Path

from server.i18n.spelling import bare, spelling

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_KINDS = {spelling(word): kind for kind, words in _WORDS.items() for word in words}


def kind_named(word: str) -> str | None:
    """The kind that a folded word names, with its article or without; None where it is none of these."""
    return _KINDS.get(word) or _KINDS.get(bare(word))

"""Characters that SPARQL has in strings only: curly quotation marks, unusual blanks, look-alikes."""

import unicodedata
from collections.abc import Sequence

from loader.query.mistakes.mistake import Mistake, Remark, says
from loader.query.mistakes.terminals import Terminal
from loader.query.tokens import Token

_QUOTES = "“”„‟‘’‚‛«»‹›″′＂＇`´"
# What stands in Arabic texts, or what a word processor makes, for a sign of SPARQL.
_LOOKS_LIKE = {
    "،": ",",
    "؛": ";",
    "؟": "?",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "…": "...",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
}
# By the kind of character that Unicode has.
_UNSEEN = {
    "Z": Remark("Here is an unusual space, %(name)s (%(code)s); use an ordinary one.").message,
    "C": Remark("Here is an invisible character, %(name)s (%(code)s); remove it.").message,
}
# They are letters in names, as Persian needs them.
_JOINERS = "\u200c\u200d"


def foreign_character(all_: Sequence[Terminal], text: str) -> Mistake | None:
    """The first such character."""
    found = next((token for one in all_ if _is_foreign(token := one.token)), None)
    return _told(found.start, found.text[0]) if found else None


def _is_foreign(token: Token) -> bool:
    """Whether a sign is none of SPARQL's, or a number has digits of another script."""
    character = token.text[:1]
    if token.kind != "punctuation":
        return token.kind == "number" and not character.isascii()
    is_sign = character == "`" or not (character.isascii() and character.isprintable())
    return is_sign and character not in _JOINERS


def _told(offset: int, sign: str) -> Mistake:
    name, code = unicodedata.name(sign, "a control character"), f"U+{ord(sign):04X}"
    kind = unicodedata.category(sign)[0]
    plain = _LOOKS_LIKE.get(sign) or unicodedata.normalize("NFKC", sign)
    plain = str(unicodedata.digit(sign, plain))
    if sign in _QUOTES:
        message = "Here is %(sign)s (%(code)s, %(name)s); strings go between straight quotes: %(straight)s."
        return says(offset, message, sign=sign, straight='"…"', name=name, code=code)
    if kind in _UNSEEN:
        return Mistake(offset, Remark(_UNSEEN[kind], {"name": name, "code": code}))
    if plain != sign and plain.isascii():
        message = "Here is %(sign)s (%(code)s, %(name)s); SPARQL uses %(plain)s instead."
        return says(offset, message, sign=sign, plain=plain, name=name, code=code)
    message = "%(sign)s (%(code)s, %(name)s) has no meaning in SPARQL outside strings."
    return says(offset, message, sign=sign, name=name, code=code)

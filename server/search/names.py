"""A name of a thing as a search compares it, and how well it fits what was asked."""

from typing import NamedTuple

from server.i18n.spelling import begins, sorting, spelling, starts

EXACT, BEGINNING, WORDS, SPREAD, RELATED = range(5)


class Name(NamedTuple):
    """A name as it is written and compared; `is_other` where it is another one than the label.

    `plain` is the spelling without articles, `starts` where one may begin to look for it.
    """

    is_other: bool
    spelling: str
    written: str
    plain: str
    starts: str

    @classmethod
    def of(cls, written: str, is_other: bool) -> "Name":
        return cls(is_other, spelling(written), written, sorting(written), starts(written))


def rank(name: Name, asked: str, words: list[str]) -> int:
    """How well one name of a thing fits what was asked, the best lowest.

    `asked` is a spelling, and `words` are those of it without articles. A word that is missing is known to be
    in another name of the thing.
    """
    wanted = " ".join(words)
    if asked == name.spelling or wanted == name.plain:
        return EXACT
    if name.spelling.startswith(asked) or name.plain.startswith(wanted):
        return BEGINNING
    return WORDS if all(begins(word, name.starts) for word in asked.split()) else SPREAD

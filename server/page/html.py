"""Words and cells as HTML: escaped, each in its own language and direction, nothing hidden in them."""

import re
from collections.abc import Callable
from textwrap import shorten
from unicodedata import bidirectional

from markupsafe import Markup, escape

from loader.query.mistakes.mistake import Remark
from server.i18n.dates import ARABIC_MONTHS, ENGLISH_MONTHS
from server.i18n.languages import direction, language
from server.i18n.texts import texts
from server.page.links import thing_link
from server.tables.certainty import is_inferred
from server.tables.reading import Shown

# Words kept apart in plain text, as `isolated` keeps them: a page does so by an element.
_ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")
_GUILLEMETS = re.compile("«([^«»<>]+)»")
# Where a name of a program may go on in the next line.
_JOINT = re.compile(r"(?<=[^:/]/)(?=.)|(?<=[_&=])|(?<=:)(?![/\d])|(?=[?#])|(?<=[a-z])(?=[A-Z])")
_ADDRESS = re.compile(r"(\b[a-z]+://\S+|^/\S+|^[\w-]+(?:\.[\w-]+)+/\S*)")
# The same of an address: before what parts it, that may be written as its number.
_PART = re.compile(
    r"(?<=[^:/])(?=/[^/])|(?=[?&#])|(?<=_)(?=.)|(?<==)(?=.{12})|(?<!%3A)(?<!%2F)(?=%2F)|(?=%(?:3F|26|23))"
)
_RELEASE = re.compile(r"\d+-[0-9a-f]{12}")
# What a sentence says of itself, and the space that is left where it stood.
_ASIDE = re.compile(r'<span class="inferred">.*?</span>', re.DOTALL)
_GAP = re.compile(r"\s+(?=[.,;،؛])")
_WRITTEN_DATE = re.compile(rf"(?:\d{{1,2}} )?(?:{'|'.join(ENGLISH_MONTHS + ARABIC_MONTHS)}) \d{{4}}")
# Lists of what search engines find have room for so many letters.
_SHORT = 160
# Shorter ones fit into every line.
_LONG = 20
# Characters that turn the direction of writing or are not seen at all: shown by their number.
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\u2060\ufeff") | frozenset(
    map(chr, [*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
) - frozenset("\n\t")


def visible(value: str) -> Markup:
    """Text in which nothing hides or turns the direction of writing: such characters stand as numbers."""
    if _INVISIBLE.isdisjoint(value):
        return escape(value)
    return Markup("").join(_mark(c) if c in _INVISIBLE else c for c in value)


def unmarked(value: str) -> str:
    """The same for a title or an attribute, where no marks can stand."""
    return " ".join(value.split()) if _INVISIBLE.isdisjoint(value) else visible(value).striptags()


def breakable(value: str) -> Markup:
    """The same for an address or a name that programs use: it is broken at its joints, no release is."""
    return _apart(value, _broken)


def whole_dates(html: Markup) -> Markup:
    """Words in which no line ends within a date."""
    return Markup(_WRITTEN_DATE.sub(r'<span class="one-line">\g<0></span>', str(html)))


def in_short(html: str) -> str:
    """What a sentence of a page says, as plain text that ends at the end of a word."""
    return shorten(_GAP.sub("", Markup(_ASIDE.sub("", html)).striptags()), _SHORT, placeholder=" …")


def told(remark: Remark) -> Markup:
    """A sentence about a query in the reader's language, its pieces of the query as code."""
    return Markup(remark.said(_translated, _code))


def words(text: str, code: str = "") -> Markup:
    """Words that keep their direction to themselves; `code` is their language, where it is known."""
    shown = _apart(text, _in_lines)
    if not code or code == language():
        return Markup(f"<bdi>{shown}</bdi>")
    return Markup(f'<bdi lang="{escape(code)}" dir="{direction(code)}">{shown}</bdi>')


def cell(shown: Shown) -> Markup:
    """A cell, with a link to what it names; that something is inferred is seen as on the page of a thing."""
    value = _value(shown)
    return Markup("%s %s") % (value, _value(shown.mark)) if shown.mark else value


def _value(shown: Shown) -> Markup:
    content = words(shown.words, shown.language)
    address = thing_link(shown.iri) if shown.iri else ""
    if not address:
        return content
    more = "" if address.startswith("/") else ' rel="external noreferrer"'
    if is_inferred(shown.iri):
        more = ' class="inferred"'
    return Markup(f'<a href="{escape(address)}"{more}>{content}</a>')


def _apart(text: str, write: Callable[[str], Markup]) -> Markup:
    """Text with an element around each piece that isolating characters keep apart.

    What is quoted in guillemets may be of the other direction too, and begin with a number.
    """
    pieces = enumerate(_ISOLATED.split(text))
    whole = Markup("").join(
        Markup("<bdi>%s</bdi>") % write(piece) if place % 2 else write(piece) for place, piece in pieces
    )
    return Markup(_GUILLEMETS.sub(r"«<bdi>\1</bdi>»", str(whole)))


def _in_lines(text: str) -> Markup:
    return _broken(text) if len(text) > _LONG and " " not in text else visible(text)


def _broken(text: str) -> Markup:
    pieces = enumerate(_ADDRESS.split(text))
    around = "{}" if _ADDRESS.fullmatch(text) else '<bdi dir="ltr">{}</bdi>'
    shown = "".join(around.format(_parted(one)) if place % 2 else _jointed(one) for place, one in pieces)
    return Markup(_RELEASE.sub(r'<span class="release-id">\g<0></span>', shown))


def _jointed(name: str) -> str:
    return "<wbr>".join(str(visible(piece)) for piece in _JOINT.split(name))


def _parted(address: str) -> str:
    """Each part in an element that is broken only where it is longer than a line."""
    return "<wbr>".join(f'<span class="part">{visible(part)}</span>' for part in _PART.split(address))


def _mark(character: str) -> Markup:
    return Markup('<span class="unseen">U+{:04X}</span>').format(ord(character))


def _translated(message: str) -> str:
    return str(escape(texts(language()).gettext(message)))


def _code(piece: str) -> str:
    """As code, from left to right; Arabic words, such as the names of columns, as words."""
    if piece and bidirectional(piece[0]) == "AL":
        return f"<bdi>{visible(piece)}</bdi>"
    return f'<code dir="ltr">{visible(piece)}</code>'

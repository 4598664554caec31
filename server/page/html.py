"""Words and cells as HTML: escaped, each in its own language and direction, nothing hidden in them."""

import re
from collections.abc import Callable
from functools import lru_cache
from textwrap import shorten

from markupsafe import Markup, escape

from server.i18n.dates import IN_SENTENCES
from server.i18n.languages import direction, language
from server.page.links import thing_link
from server.tables.certainty import is_inferred
from server.tables.reading import Shown

# Words kept apart in plain text, as `isolated` keeps them: a page does so by an element.
_ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")
_GUILLEMETS = re.compile("«((?:[^«»<>]|</?span[^<>]*>)+)»")
# Where a name of a program may go on in the next line.
_JOINT = re.compile(r"(?<=[^:/]/)(?=.)|(?<=[_&=])|(?<=:)(?![/\d])|(?=[?#])|(?<=[a-z])(?=[A-Z])")
_ADDRESS = re.compile(r"(<?\b[a-z]+://\S+|^/\S+|^[\w-]+(?:\.[\w-]+)+/\S*)")
# The same of an address: before what parts it, that may be written as its number.
_PART = re.compile(
    r"(?<=[^:/])(?=/[^/])|(?=[?&#])|(?<=_)(?=.)|(?<==)(?=.{12})|(?<!%3A)(?<!%2F)(?=%2F)|(?=%(?:3F|26|23))"
)
# What is one to the eye: a date, and two words of ten letters at most with a hyphen between.
_COMPOUND = re.compile(rf"({IN_SENTENCES.pattern}|\b[^\W\d_]{{1,10}}-[^\W\d_]{{1,10}}\b)")
_RELEASE = re.compile(r"\d+-[0-9a-f]{12}")
# What a sentence says of itself, and the space that is left where it stood.
_ASIDE = re.compile(r'<span class="inferred">.*?</span>', re.DOTALL)
_GAP = re.compile(r"\s+(?=[.,;،؛])")
# Lists of what search engines find have room for so many letters.
_SHORT = 160
# Shorter ones fit into every line; what is longer than a name may tell of dates.
_LONG, _PROSE = 20, 48
# Characters that turn the direction of writing or are not seen at all: shown by their number.
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\u2060\ufeff") | frozenset(
    map(chr, [*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
) - frozenset("\n\t")


def visible(value: str) -> Markup:
    """Text in which nothing hides or turns the direction of writing: such characters stand as numbers."""
    if _INVISIBLE.isdisjoint(value):
        return escape(value)
    return Markup("").join(_mark(c) if c in _INVISIBLE else c for c in value)


@lru_cache(maxsize=4096)
def prose(value: str) -> Markup:
    """The same for sentences, in which each date stays in one line."""
    shown = str(visible(value))
    has_figures = any(map(shown.__contains__, "0123456789"))  # which are quickly looked for
    return Markup(IN_SENTENCES.sub(r'<span class="one-line">\g<0></span>', shown) if has_figures else shown)


def unmarked(value: str) -> str:
    """The same for a title or an attribute, where no marks can stand."""
    return " ".join(value.split()) if _INVISIBLE.isdisjoint(value) else visible(value).striptags()


def breakable(value: str) -> Markup:
    """The same for an address or a name that programs use: it is broken at its joints, no release is."""
    return _apart(value, _broken)


def in_short(html: str) -> str:
    """What a sentence of a page says, as plain text that ends at the end of a word."""
    return shorten(_GAP.sub("", Markup(_ASIDE.sub("", html)).striptags()), _SHORT, placeholder=" …")


def words(text: str, code: str = "") -> Markup:
    """Words that keep their direction to themselves; `code` is their language, where it is known."""
    return _isolated(_apart(text, _in_lines), code)


def headline(text: str, code: str = "") -> Markup:
    """The same for a name in large letters or a citation: no date and no compound is torn."""
    return _isolated(_apart(text, _in_lines if " " not in text else _whole), code)


def _isolated(shown: Markup, code: str) -> Markup:
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
    if len(text) > _LONG and " " not in text:
        return _broken(text)
    return prose(text) if len(text) > _PROSE else visible(text)


def _whole(text: str) -> Markup:
    """Words in which each date, and each compound that is not long, goes into the next line as one."""
    pieces = enumerate(_COMPOUND.split(text))
    around = Markup('<span class="one-line">%s</span>')
    return Markup("").join(around % visible(one) if place % 2 else visible(one) for place, one in pieces)


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

"""Sentences about queries and addresses as HTML, in which the pieces of those are seen as such."""

from unicodedata import bidirectional

from markupsafe import Markup, escape

from loader.query.mistakes.mistake import Remark
from server.i18n.languages import language
from server.i18n.texts import texts
from server.page.html import breakable, visible


def told(remark: Remark) -> Markup:
    """A sentence about a query in the reader's language, its pieces of the query as code."""
    return Markup(remark.said(_translated, _code))


def _translated(message: str) -> str:
    return str(escape(texts(language()).gettext(message)))


def _code(piece: str) -> str:
    """As code, from left to right; Arabic words, such as the names of columns, as words."""
    if piece and bidirectional(piece[0]) == "AL":
        return f"<bdi>{visible(piece)}</bdi>"
    return f'<code dir="ltr">{breakable(piece) if "://" in piece else visible(piece)}</code>'

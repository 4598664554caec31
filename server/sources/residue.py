"""What a dead link left behind in a text: set apart from the sentence that it cuts, whose end it is not."""

import re
from collections.abc import Iterator

from markupsafe import Markup

from server.i18n.languages import language
from server.i18n.texts import texts
from server.page.html import visible

# As the pages of the United Nations in Arabic leave it; the line breaks behind it are its own.
WORDS = "404 | الأمم المتحدة"
_RESIDUE = re.compile(rf"({re.escape(WORDS)}\n*)")
_ELEMENT = Markup('<span class="residue" title="%s">%s</span>')


def set_apart(text: str) -> Markup:
    """Words that nobody quotes as HTML, every residue in an element of its own."""
    return Markup("").join(_pieces(text)) if WORDS in text else visible(text)


def _pieces(text: str) -> Iterator[Markup]:
    title = texts(language()).gettext("What a dead link left behind: no part of the sentence.")
    for place, piece in enumerate(_RESIDUE.split(text)):
        yield _ELEMENT % (title, piece) if place % 2 else visible(piece)

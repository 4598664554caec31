"""The texts of the interface from message catalogues: `.po` files, read as they are, not compiled before."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from loader.query.mistakes.mistake import Remark

LANGUAGES = ("en", "ar")
FOLDER = Path(__file__).parent


def catalogue(language: str) -> Catalog:
    """The messages of a language as translators wrote them."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def texts(language: str) -> GNUTranslations:
    """The messages of a language; one that it does not have is given in English."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def told(remark: Remark, language: str) -> str:
    """A sentence about a query in plain text, each piece of the query kept apart from the words around it."""
    return remark.said(texts(language).gettext, isolated)


def isolated(piece: str) -> str:
    """Words of another direction, kept apart from those around them in plain text."""
    return f"\u2068{piece}\u2069"

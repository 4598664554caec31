"""A report as one file: HTML that works from a disk, and a PDF of it where WeasyPrint is installed."""

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import Markup

from loader.query.mistakes.mistake import Remark
from loader.query.report_text import ReportText
from server.engine.snapshot import Snapshot
from server.exports.provenance_words import GENERATOR
from server.http.state import state
from server.page.templates import render_file
from server.queries.report_pages import ReportResult
from server.refusal import Refused

FONTS = Path(__file__).resolve().parent.parent / "static/built"
_FONT = re.compile(r'url\("([\w-]+\.woff2)"\)')


def can_print() -> bool:
    """Whether a PDF can be made here: the library is an extra, `pdf`."""
    return find_spec("weasyprint") is not None


def as_html(
    report: ReportText, parts: Sequence[Markup | ReportResult], release: Snapshot, language: str
) -> str:
    """The text of the file: no script, nothing fetched."""
    return render_file(
        "report_file.html",
        language,
        generator=GENERATOR,
        report=report,
        parts=parts,
        release=release.manifest,
        canonical=f"{state().settings.address}/reports/{report.name}",
    )


def as_pdf(content: str) -> bytes:
    """The file on paper. Raises Refused where the library is missing."""
    if not can_print():
        raise Refused(
            "not-acceptable",
            Remark(
                "This server makes no PDF: it lacks WeasyPrint, which the extra `pdf` of un-missions "
                "installs. Download the HTML and print it."
            ),
        )
    weasyprint: Any = import_module("weasyprint")
    sheets, faces = _faces()
    page = weasyprint.HTML(string=content, url_fetcher=_fetcher())
    written: bytes = page.write_pdf(stylesheets=sheets, font_config=faces)
    return written


def _fetcher() -> Any:
    """Nothing is fetched but what the file and our fonts bring along themselves."""
    return import_module("weasyprint.urls").URLFetcher(allowed_protocols=("data",))


@cache
def _faces() -> tuple[list[Any], Any]:
    """Our fonts as style sheets, and what knows them: to read them takes as long as a page."""
    faces = import_module("weasyprint.text.fonts").FontConfiguration()
    css = import_module("weasyprint").CSS
    return [css(string=style, url_fetcher=_fetcher(), font_config=faces) for style in _fonts()], faces


def _fonts() -> list[str]:
    """The style sheet of our fonts with the fonts in it, where they were built."""
    sheet = FONTS / "fonts.css"
    if not sheet.is_file():
        return []
    return [_FONT.sub(lambda found: f"url({_as_data(found[1])})", sheet.read_text(encoding="utf-8"))]


def _as_data(name: str) -> str:
    return f"data:font/woff2;base64,{b64encode((FONTS / name).read_bytes()).decode()}"

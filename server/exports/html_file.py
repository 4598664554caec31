"""A result as one HTML file that works from a disk: no script, nothing fetched."""

from collections.abc import Sequence

from server.exports.provenance import About
from server.exports.provenance_words import GENERATOR, chosen_rows, facts
from server.page.templates import render_file
from server.tables.quotation import Quotation, unrepeated
from server.tables.reading import read
from server.tables.table import Table

Evidence = Sequence[Sequence[Quotation]]


def offline_page(about: About, table: Table, language: str = "en", evidence: Evidence | None = None) -> str:
    """The text of the file; `evidence` adds the quotations that support each row, folded."""
    reading = read(table, language, about.name)
    question, *rest = facts(about, reading, language)
    return render_file(
        "offline.html",
        language,
        generator=GENERATOR,
        question=question,
        description=about.description(language),
        canonical=about.stable_address(),
        chosen=chosen_rows(about, language),
        left_out=about.of_all,
        columns=reading.columns,
        rows=list(zip(reading.lines, map(unrepeated, evidence or [()] * len(reading.lines)), strict=True)),
        has_evidence=evidence is not None,
        facts=[question, *rest],
    )

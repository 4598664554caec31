"""A result as one HTML file that works from a disk: no script, nothing fetched."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.exports.provenance import About
from server.exports.provenance_words import GENERATOR, facts
from server.page.templates import render_file
from server.tables.columns import Shown, layout
from server.tables.quotation import Quotation, unrepeated
from server.tables.table import Table

Evidence = Sequence[Sequence[Quotation]]


@dataclass(frozen=True)
class Row:
    """A row of the table, and the quotations that support its things."""

    cells: Sequence[Shown | None]
    quotations: Sequence[Quotation]


def offline_page(about: About, table: Table, language: str = "en", evidence: Evidence | None = None) -> str:
    """The text of the file; `evidence` adds the quotations that support each row, folded."""
    columns = layout(table, language, query=about.query.name)
    rows = [
        Row([column.show(row) for column in columns], unrepeated(found))
        for row, found in zip(table.rows, evidence or [()] * len(table.rows), strict=True)
    ]
    question, *rest = facts(about, table, language)
    return render_file(
        "offline.html",
        language,
        generator=GENERATOR,
        question=question,
        description=about.description(language),
        canonical=about.stable_address(),
        columns=columns,
        rows=rows,
        has_evidence=evidence is not None,
        facts=[question, *rest],
    )

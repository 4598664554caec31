"""Results at the endpoint with what they do not hold themselves: quotations, labels, what a workbook says."""

import codecs

from loader.query.outline import GRAPH_FORMS
from server.asking.asker import Asker, own_asker
from server.asking.evidence import RowEvidence, evidence_of
from server.asking.labels import known_table, labels_of_all
from server.asking.named_evidence import evidence_of_truth, graph_with_evidence
from server.asking.rows import labelled, refuse_rows, wanted_language
from server.engine.interface import Question
from server.engine.snapshot import Snapshot
from server.exports.provenance import DATASETS_QUERY, read_datasets
from server.exports.text_provenance import AboutText
from server.exports.workbook import workbook
from server.formats import CSV, JSON, N_TRIPLES, TSV, XLSX, Format
from server.http.parameters import Parameters, is_on
from server.http.state import state
from server.tables.csv_safety import exact_csv
from server.tables.table import Table
from server.tables.writers import as_json, as_tsv, as_xml

DATASET = ("default-graph-uri", "named-graph-uri")


def is_changed(format_: Format, parameters: Parameters) -> bool:
    """Whether anything of this is asked. Raises Refused."""
    return format_ == XLSX or is_on(parameters, "evidence") or is_on(parameters, "labels")


def changed(asked: Question, form: str, format_: Format, parameters: Parameters, release: Snapshot) -> bytes:
    """The result in a format. Raises Refused."""
    asker = Asker.of(asked)
    if form in GRAPH_FORMS:
        if is_on(parameters, "labels"):
            refuse_rows(parameters, form)
        triples = asker.answer(asked.text, N_TRIPLES.media_type).whole()
        return graph_with_evidence(triples, format_.media_type, own_asker(release))
    table = asker.table(asked.text)
    evidence = _evidence(table, asked.text, form, release) if is_on(parameters, "evidence") else None
    if format_ == XLSX:
        return _workbook(asked.text, table, evidence, parameters, release)
    if is_on(parameters, "labels"):
        table = labelled(table, release, wanted_language(parameters) or "en")
    if format_ == JSON:
        members = {"evidence": evidence.members(state().settings.address)} if evidence else {}
        return as_json(table, members, is_truth=form == "ASK")
    return _written(evidence.columns(table) if evidence else table, format_, is_on(parameters, "bom"))


def _evidence(table: Table, text: str, form: str, release: Snapshot) -> RowEvidence:
    asker = own_asker(release)
    return evidence_of_truth(text, asker) if form == "ASK" else evidence_of(table, asker.table)


def _workbook(
    text: str, table: Table, evidence: RowEvidence | None, parameters: Parameters, release: Snapshot
) -> bytes:
    """A file for people, who read things by their names in any case."""
    facts = AboutText(
        text=text,
        asked=tuple((name, value) for name in DATASET for value in parameters.all(name)),
        release=release.id,
        written=release.manifest.written,
        address=state().settings.address,
        datasets=read_datasets(known_table(release, DATASETS_QUERY)),
    )
    things = sorted(table.things())
    return workbook(
        facts,
        table,
        wanted_language(parameters) or "en",
        evidence.quotations if evidence else None,
        labels=labels_of_all(things, release, len(things)),
    )


def _written(table: Table, format_: Format, is_marked: bool) -> bytes:
    if format_ == CSV:
        return (codecs.BOM_UTF8 if is_marked else b"") + exact_csv(table)
    return as_tsv(table) if format_ == TSV else as_xml(table)

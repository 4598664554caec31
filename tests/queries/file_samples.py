"""A saved query, rows of every type, and what the tests of files read back."""

import io

from openpyxl import Workbook, load_workbook

from loader.query.parameter import Parameter
from loader.query.saved_query import SavedQuery
from loader.release.manifest import Manifest
from loader.release.namespaces import XSD
from server.exports.provenance import About, Dataset, about
from server.tables.table import Cell, Table

THING = "https://w3id.org/un-missions/institution/european-union"
QUERY = SavedQuery(
    name="who-was-met",
    text="SELECT * { ?thing ?p ?_envoy_iri }",
    form="SELECT",
    parameters=(
        Parameter(
            name="envoy",
            type="iri",
            variable="_envoy_iri",
            texts=(("label", "Envoy"), ("label_ar", "المبعوث")),
        ),
        Parameter(
            name="year", type="integer", variable="_year_integer", default="2011", texts=(("label", "Year"),)
        ),
    ),
    summary="Who was met?",
    summary_ar="من التقاهم؟",
    description="Each row is <one> thing.",
    description_ar="كل صف شيء واحد.",
    tags=("research",),
    view="table",
    datasets=(),
)
MANIFEST = Manifest(id="7-abc", written="2026-03-04T05:06:07+00:00", writer="build", quads=3)
DATASETS = (
    Dataset(
        "https://w3id.org/un-missions/dataset/un-missions",
        {
            "en": "Missions of the Special Advisers",
            "ar": "بعثات المستشارين الخاصين المعنيين بمنع الإبادة الجماعية",
        },
        ("https://creativecommons.org/licenses/by/4.0/",),
        ("http://www.un.org/ar/preventgenocide/adviser/key_missions.shtml",),
    ),
)


def facts_of(values: dict[str, list[str]] | None = None) -> About:
    """What is known of a call of the query on release 7."""
    return about(QUERY, values or {}, MANIFEST, "https://example.org", DATASETS)


def uri(value: str = THING) -> Cell:
    return Cell("uri", value)


def text(value: str, language: str = "") -> Cell:
    return Cell("literal", value, language)


def typed(value: str, datatype: str) -> Cell:
    return Cell("literal", value, datatype=XSD + datatype)


def one_column(*cells: Cell) -> Table:
    return Table(("value",), tuple((cell,) for cell in cells))


def labelled() -> Table:
    """A thing with its labels in both languages, and a row without a thing."""
    row = (uri(), text("European Union", "en"), text("الاتحاد الأوروبي", "ar"), typed("3", "integer"))
    return Table(("institution", "institution_en", "institution_ar", "missions"), (row, (None,) * 4))


def opened(content: bytes) -> Workbook:
    """A workbook as a spreadsheet reads it."""
    return load_workbook(io.BytesIO(content))

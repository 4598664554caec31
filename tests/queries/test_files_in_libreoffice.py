"""The workbook as another program opens it: LibreOffice without a screen."""

import shutil
import subprocess
from pathlib import Path

import pytest

from server.exports.workbook import workbook
from tests.cases import some
from tests.queries.file_samples import THING, facts_of, labelled, one_column, opened, text, typed

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here"),
]


def converted(content: bytes, to: str, folder: Path) -> Path:
    """The file that LibreOffice makes of a workbook."""
    source = folder / "source.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "out" / f"source.{to}"


def test_types_links_and_direction_survive_in_libreoffice(tmp_path: Path) -> None:
    book = opened(converted(workbook(facts_of(), labelled(), "ar"), "xlsx", tmp_path).read_bytes())
    sheet = book.worksheets[0]

    assert sheet.sheet_view.rightToLeft
    assert sheet["A2"].value == "الاتحاد الأوروبي"
    assert sheet["A2"].hyperlink is not None and sheet["A2"].hyperlink.target == THING
    assert sheet["B2"].value == 3


@pytest.mark.matrix
def test_formulas_stay_text_and_dates_stay_dates_in_libreoffice(tmp_path: Path) -> None:
    table = one_column(text("=1+1"), text("@SUM(1)"), typed("2011-06-30", "date"))
    book = opened(converted(workbook(facts_of(), table), "xlsx", tmp_path).read_bytes())
    written = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]

    assert [cell.value for cell in written[:2]] == ["=1+1", "@SUM(1)"]
    assert [cell.data_type for cell in written] == ["s", "s", "d"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed here")
@pytest.mark.parametrize(("language", "shown"), some([("ar", "European"), ("en", "European Union")]))
def test_it_prints(language: str, shown: str, tmp_path: Path) -> None:
    path = converted(workbook(facts_of({"envoy": [THING]}), labelled(), language), "pdf", tmp_path)
    printed = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True
    ).stdout.decode()

    assert (shown in printed) == (language == "en")
    assert "7-abc" in printed

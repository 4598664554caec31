"""Reports are texts with results in them, as pages and files; what is wrong with one stops the build."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from loader.query.header import FaultyQueryFile
from loader.query.report_text import read_report
from tests.queries.asking import QUERIES
from tests.queries.page_reading import Page
from tests.server.servers import Server

HEAD = "---\ntitle: T\ntitle_ar: ت\nsummary: S\nsummary_ar: س\n---\n"
NAMES = ("overview", "how-far-the-source-goes")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_has_its_text_and_the_rows_of_its_queries(server: Server, name: str, language: str) -> None:
    page = Page(server, f"/reports/{name}", language)
    assert page.status == 200
    assert len(page.all("article table")) == len(page.all("article .inserted")) >= 3
    assert all(table.css("tbody tr") for table in page.all("article table"))
    assert page.text("h1") in Page(server, "/reports", language).texts("h2 a")


def test_the_rows_of_a_report_are_those_of_the_question(server: Server) -> None:
    report = Page(server, "/reports/overview")
    question = Page(server, report.links(".inserted .facts a")[0])
    shown = [
        [cell.text().strip() for cell in row.css("td")] for row in report.all("table")[0].css("tbody tr")
    ]
    assert shown == question.rows()


@pytest.mark.parametrize("address", ["/reports/overview", "/reports/overview.html"])
def test_a_report_marks_what_is_inferred_at_the_value(server: Server, address: str) -> None:
    page = Page(server, address)
    table = page.all("table")[1]
    marked = [cell.text().strip() for cell in table.css("td") if cell.css(".inferred")]
    assert "December 2012 inferred from context" in marked
    assert "Francis Deng inferred from post and date" in marked


def test_a_report_is_one_file_that_fetches_nothing(server: Server) -> None:
    response = server.http.get("/reports/overview.html?lang=ar")
    assert response.status_code == 200 and 'dir="rtl"' in response.text
    assert not any(found in response.text for found in ("<script", '<link rel="stylesheet', "src="))
    assert response.headers["UN-Missions-Release"] in response.text
    assert '<th scope="col" class="number">اللقاءات</th>' in response.text


def test_a_report_is_printed_or_says_what_is_missing(server: Server) -> None:
    response = server.http.get("/reports/overview.pdf?lang=ar")
    if find_spec("weasyprint"):
        assert response.content.startswith(b"%PDF-")
    else:
        assert response.status_code == 406 and "WeasyPrint" in response.json()["detail"]
    page = Page(server, "/reports/overview")
    assert bool(find_spec("weasyprint")) == ("PDF" in page.texts(".downloads a"))
    assert bool(find_spec("weasyprint")) != ("makes no PDF" in page.text("article"))


def test_a_report_that_is_not_there_is_404(server: Server) -> None:
    assert server.http.get("/reports/overveiw.html").json()["nearest"][0] == "overview"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no head", "begins with"),
        (HEAD + "one language", "both languages"),
        (HEAD + "\n```query\nmissions-to-mars\n```\n\n<!-- ar -->\n", "no saved query 'missions-to-mars'"),
        (HEAD + "\n```query\nwho-met-whom year=soon\n```\n\n<!-- ar -->\n", "year is 'soon'"),
        (HEAD + "\n```query\nwho-met-whom\nrows: 3\n```\n\n<!-- ar -->\n", "no line of a result"),
        (HEAD + "\n```query\nwho-met-whom\n```\n\n<!-- ar -->\n", "the same results"),
    ],
)
def test_a_mistake_in_a_report_is_told(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "report.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyQueryFile, match=words):
        read_report(file, QUERIES)

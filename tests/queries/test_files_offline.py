"""A result as one HTML file that works from a disk."""

import re
from html.parser import HTMLParser

import pytest

from server.exports.html_file import offline_page
from server.tables.quotation import Quotation
from server.tables.table import Table
from tests.queries.file_samples import THING, facts_of, labelled, one_column, text, uri
from tests.server.servers import Server


class Elements(HTMLParser):
    """Every element with its attributes, and every text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_has_its_language_and_direction(language: str, direction: str) -> None:
    (html,) = Elements(offline_page(facts_of(), labelled(), language)).all("html")

    assert html == {"lang": language, "dir": direction}


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = offline_page(facts_of(), labelled())
    elements = Elements(page)

    assert not {"script", "img", "iframe", "object", "form"} & {tag for tag, _ in elements.elements}
    assert [link["rel"] for link in elements.all("link")] == ["canonical"]
    assert "url(" not in page and "@import" not in page
    assert "default-src 'none'" in page


def test_things_are_links_with_their_labels_and_only_web_addresses_are() -> None:
    table = labelled()
    elements = Elements(offline_page(facts_of(), table, "ar"))
    assert "الاتحاد الأوروبي" in elements.texts
    assert THING in [link["href"] for link in elements.all("a")]

    page = offline_page(facts_of(), one_column(uri("javascript:alert(1)")))
    assert all(str(link["href"]).startswith("http") for link in Elements(page).all("a"))


def test_markup_in_the_data_is_text() -> None:
    page = offline_page(
        facts_of(), one_column(text("<script>alert(1)</script>"), uri('http://a.example/"><b>'))
    )

    assert "<script>" not in page and "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Each row is &lt;one&gt; thing." in page


@pytest.mark.parametrize(
    "fact",
    [
        "Who was met?",
        "2011 (an example, not chosen)",
        "7-abc",
        "2026-03-04 05:06 UTC",
        "https://creativecommons.org/licenses/by/4.0/",
    ],
)
def test_it_says_what_the_rows_are(fact: str) -> None:
    assert fact in Elements(offline_page(facts_of(), labelled())).texts


def test_evidence_folds_out_with_its_place() -> None:
    quotation = Quotation(
        text="في بروكسل",
        source="urn:s",
        source_en="Key missions",
        address="https://un.example/",
        start=5,
        end=14,
    )
    elements = Elements(offline_page(facts_of(), labelled(), evidence=[[quotation], []]))

    assert len(elements.all("details")) == 1
    assert "في بروكسل" in elements.texts
    assert {"Key missions", "characters 5–14"} <= set(elements.texts)
    assert {"href": "https://un.example/"} in elements.all("a")


def test_no_rows_are_said_in_words() -> None:
    page = offline_page(facts_of(), Table(("a",), ()), "ar")

    assert "لا يعطي الاستعلام أي صفوف." in page
    assert not re.search("<table", page)


@pytest.mark.parametrize(("language", "words"), [("en", "an example, not chosen"), ("ar", "مثال لم يُختر")])
def test_values_that_nobody_chose_are_called_an_example(server: Server, language: str, words: str) -> None:
    address = f"/queries/missions-to-a-region/run.html?lang={language}"
    assert words in server.http.get(address).text
    assert words not in server.http.get(f"{address}&m49=150").text

"""The interface speaks both languages whole, writes dates as people do, and links only where that is safe."""

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from babel.messages.catalog import Catalog, Message
from flask import Flask

from loader.folding import fold
from loader.release.namespaces import BASE
from server.i18n.dates import date_text
from server.i18n.languages import Text, best
from server.i18n.spelling import sorting
from server.i18n.texts import catalogue, texts
from server.page.html import visible
from server.page.links import link, thing_link
from tests.queries.messages import used


def key(message: Message) -> tuple[str, str]:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", first


def messages(found: Catalog) -> dict[tuple[str, str], Message]:
    return {key(message): message for message in found if message.id}


def test_every_text_of_the_interface_is_in_arabic() -> None:
    known = messages(catalogue("ar"))
    translated = {name for name, message in known.items() if message.string and all(message.string)}
    wanted = used()
    assert sorted(wanted - translated) == []
    assert sorted(known.keys() - wanted) == []


def test_a_translation_has_the_places_of_its_text() -> None:
    arabic = catalogue("ar")
    wrong = [str(error) for message in arabic for error in message.check(arabic)]
    assert wrong == []


def test_english_has_words_for_keys_only() -> None:
    assert all(context for context, _ in messages(catalogue("en")))


@pytest.mark.parametrize(
    ("number", "words"), [(1, "صف واحد"), (2, "صفان"), (7, "7 صفوف"), (23, "23 صفا"), (100, "100 صف")]
)
def test_arabic_counts_as_arabic_does(number: int, words: str) -> None:
    assert texts("ar").ngettext("%(num)s row", "%(num)s rows", number) % {"num": number} == words


@pytest.mark.parametrize(
    ("edtf", "english", "arabic"),
    [
        ("2011-11-21/2011-11-24", "21–24 November 2011", "21–24 تشرين الثاني/نوفمبر 2011"),
        ("2011-06", "June 2011", "حزيران/يونيه 2011"),
        ("2008", "2008", "2008"),
        ("2008/2012", "2008–2012", "2008–2012"),
        ("2007-05-29/2012-07", "29 May 2007 – July 2012", "29 أيار/مايو 2007 – تموز/يوليه 2012"),
        ("2012-07-17/2020", "17 July 2012 – 2020", "17 تموز/يوليه 2012 – 2020"),
        ("2010-03-18/2010-04-02", "18 March – 2 April 2010", "18 آذار/مارس – 2 نيسان/أبريل 2010"),
        ("2010-03-18/..", "from 18 March 2010", "منذ 18 آذار/مارس 2010"),
        ("2010~", "about 2010", "نحو 2010"),
        ("2010-13", "2010-13", "2010-13"),
        ("soon", "soon", "soon"),
    ],
)
def test_a_date_says_no_more_than_the_source(edtf: str, english: str, arabic: str) -> None:
    assert date_text(edtf, "en").replace("\u00a0", " ") == english
    assert date_text(edtf, "ar").replace("\u00a0", " ") == arabic


def test_a_label_falls_back_to_the_other_language_then_to_any_then_to_the_address() -> None:
    assert best({"en": "Rome", "ar": "روما"}, "ar") == Text("روما", "ar")
    assert best({"en": "Rome"}, "ar") == Text("Rome", "en")
    assert best({"it": "Roma"}, "ar") == Text("Roma", "it")
    assert best({}, "ar", f"{BASE}place/rome") == Text("rome")


def test_spelling_does_not_matter_when_looking() -> None:
    assert fold("المدرسة الأُولـى") == fold("المدرسه الاولي")
    assert fold("Viêt Nam") == "viet nam"


def test_arabic_order_drops_the_article_and_nothing_that_belongs_to_a_word() -> None:
    names = ["لندن", "ألمانيا", "البعثات", "آليات", "التزام", "ميانمار", "تايلند"]
    assert sorted(names, key=sorting) == [
        "التزام", "ألمانيا", "آليات", "البعثات", "تايلند", "لندن", "ميانمار",
    ]  # fmt: skip


@pytest.fixture
def arabic_request() -> Iterator[None]:
    with Flask("test").test_request_context("/?lang=ar&release=3"):
        yield


@pytest.mark.usefixtures("arabic_request")
@pytest.mark.parametrize(
    ("iri", "address"),
    [
        (f"{BASE}mission/2011-rome", "/mission/2011-rome?release=3&lang=ar"),
        (f"{BASE}ontology#Mission", "/ontology?release=3&lang=ar#Mission"),
        (f"{BASE}place/a b", f"/resource?iri={quote_plus(BASE)}place%2Fa+b&release=3&lang=ar"),
        (f"{BASE}/evil.example/x", f"/resource?iri={quote_plus(BASE)}%2Fevil.example%2Fx&release=3&lang=ar"),
        (f"{BASE}\\evil.example", f"/resource?iri={quote_plus(BASE)}%5Cevil.example&release=3&lang=ar"),
        ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q1"),
        ("javascript:alert(1)", ""),
        ("javascript://x/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("https://example.org/\u202egpj.exe", ""),
        ("urn:isbn:1", ""),
    ],
)
def test_a_thing_is_linked_to_our_page_or_to_a_web_address_or_not_at_all(iri: str, address: str) -> None:
    assert thing_link(iri) == address


@pytest.mark.usefixtures("arabic_request")
def test_language_and_release_go_along_from_page_to_page() -> None:
    assert link("/queries", tag="joins") == "/queries?tag=joins&release=3&lang=ar"


def test_what_would_hide_or_turn_the_writing_is_shown_as_its_number() -> None:
    assert visible("a\u202eb<i>") == 'a<span class="unseen">U+202E</span>b&lt;i&gt;'
    assert visible("سلام\u200cها") == "سلام\u200cها"

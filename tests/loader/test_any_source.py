"""A mission may be told by several texts in several languages, and each is translated a line a sentence."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.releases import Releases
from tests.conftest import PREFIXES, Command
from tests.loader.editing import append, change, keep_missions

BRUSSELS, PEOPLE = "data/missions/2011-brussels.ttl", "data/reference/people.ttl"
PAGE, TRANSLATION = "data/sources/key-missions-ar.ttl", "data/sources/key-missions-ar.en.txt"
DESCRIPTION, TEXT = "data/sources/press-fr.ttl", "data/sources/press-fr.txt"
WORDS = """Communiqué
Bruxelles, juin 2011
Francis Deng a rencontré le Vice-Président. M. Deng était à Bruxelles. L'envoyé est reparti.
Suite
Francis Deng est rentré.
"""
SOURCE = f"""@base <https://w3id.org/un-missions/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix unm: <https://w3id.org/un-missions/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<source/press-fr> a unm:Source ; rdfs:label "بلاغ"@ar, "Release"@en ; dcterms:language "fr" ;
    dcterms:source <https://example.org/press> ; unm:file "press-fr.txt" ;
    unm:sha256 "{hashlib.sha256(WORDS.encode()).hexdigest()}" ; unm:retrieved "2026-11-28"^^xsd:date .
<section/press-fr-1> a unm:Section ; rdfs:label "بروكسل"@ar, "Brussels"@en ;
    dcterms:isPartOf <source/press-fr> ; unm:heading "Bruxelles, juin 2011" .
<section/press-fr-2> a unm:Section ; rdfs:label "بعد ذلك"@ar, "Afterwards"@en ;
    dcterms:isPartOf <source/press-fr> ; unm:heading "Suite" .
"""
PARIS = "data/missions/2012-paris.ttl"
OF_TENURE = "prov:wasDerivedFrom <tenure/adama-dieng-special-adviser-prevention-of-genocide>"
LAST_NAME = 'unm:quote "المستشار الخاص دينغ" ] .'
TOLD = "unm:toldIn <section/2011-brussels> ;"
ALSO_TOLD = "unm:toldIn <section/2011-brussels>, <section/press-fr-1>, <section/press-fr-2> ;"
NAME = 'unm:quote "المستشار الخاص فرانسيس دينغ" ]'
ENVOY = "participation/2011-brussels--francis-deng--envoy"


@pytest.fixture
def told_twice(project: Path) -> Path:
    """Four missions, that to Brussels told on the Arabic page and in two sections of a French text."""
    keep_missions(project)
    (project / "ontology/shapes.ttl").unlink()
    append(project, DESCRIPTION, SOURCE)
    append(project, TEXT, WORDS)
    change(project, BRUSSELS, TOLD, ALSO_TOLD)
    return project


def asked(unmissions: Command, project: Path, query: str) -> list[tuple[str, ...]]:
    """What a release of the project answers."""
    built = unmissions("build", "--store", project / "store", "--inputs", project)
    assert built.exit_code == 0, built.stderr
    current = Releases(project / "store").current()
    assert current
    found = ox.Store.read_only(str(current.view)).query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(term.value if term else "" for term in row) for row in found]


def said(unmissions: Command, project: Path) -> list[str]:
    """The mistakes for which a build is refused; with few missions, much is left over and only warned of."""
    built = unmissions("build", "--store", project / "store", "--inputs", project)
    assert built.exit_code == 1
    lines = built.stderr.splitlines()[:-1]
    return [line for line in lines if not line.startswith("✓") and ": warning: " not in line]


def test_a_quotation_is_found_in_whichever_section_has_it_and_says_which(
    unmissions: Command, told_twice: Path
) -> None:
    pinned = '[ oa:exact "Francis Deng" ; prov:wasDerivedFrom <section/press-fr-2> ]'
    change(told_twice, BRUSSELS, NAME, NAME[:-2] + f', "M. Deng était à Bruxelles", {pinned} ]')
    change(
        told_twice, BRUSSELS, "@prefix rdfs:", "@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix rdfs:"
    )

    found = asked(
        unmissions,
        told_twice,
        f"""SELECT ?words ?section ?language {{ <{ENVOY}> unm:evidence ?s . ?s prov:wasDerivedFrom ?section ;
            oa:hasTarget ?target . ?target oa:hasSource/dcterms:language ?language ;
            oa:hasSelector/oa:exact ?words }} ORDER BY ?section""",
    )

    assert [(words, iri.rpartition("/")[2], language) for words, iri, language in found] == [
        ("المستشار الخاص فرانسيس دينغ", "2011-brussels", "ar"),
        ("M. Deng était à Bruxelles", "press-fr-1", "fr"),
        ("Francis Deng", "press-fr-2", "fr"),
    ]


def test_every_sentence_is_a_passage_with_its_place_and_words(unmissions: Command, told_twice: Path) -> None:
    found = asked(
        unmissions,
        told_twice,
        """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            SELECT ?words ?start ?end ?in { ?passage a unm:Passage ; oa:hasSource <source/press-fr> ;
            rdf:value ?words ; oa:start ?start ; oa:end ?end ; dcterms:isPartOf ?in
            FILTER(LANG(?words) = "fr") }""",
    )
    found.sort(key=lambda row: int(row[1]))

    assert [words for words, *_ in found] == [
        "Communiqué",
        "Bruxelles, juin 2011",
        "Francis Deng a rencontré le Vice-Président.",
        "M. Deng était à Bruxelles.",
        "L'envoyé est reparti.",
        "Suite",
        "Francis Deng est rentré.",
    ]
    assert all(WORDS[int(start) : int(end)] == words for words, start, end, _ in found)
    assert [iri.rpartition("/")[2] for *_, iri in found] == [
        "press-fr",
        *["press-fr-1"] * 4,
        *["press-fr-2"] * 2,
    ]


@pytest.mark.matrix
def test_a_person_is_named_in_any_language_and_spelling(unmissions: Command, told_twice: Path) -> None:
    change(told_twice, PEOPLE, '"فرانسيس دينغ"@ar, "Francis Deng"@en', '"نداي"@ar, "Ndiaye"@en')
    append(told_twice, PEOPLE, '<person/francis-deng> skos:altLabel "فرانسِيس دينغ"@ar, "FRANCIS DÉNG"@fr .\n')
    change(told_twice, BRUSSELS, NAME, 'unm:quote "Francis Deng a rencontré" ]')

    asked(unmissions, told_twice, "SELECT ?x { ?x a unm:Mission }")


COUNTED = "The text has 68 sentences and this file {} lines: "
WRITE = "write here the translation of "


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            BRUSSELS,
            NAME,
            'unm:quote "Francis Deng" ]',
            "«Francis Deng» occurs 2 times in the sections «Bruxelles, juin 2011», «Suite»: write "
            'unm:quote [ oa:exact "…" ; oa:prefix "…" ] with what stands directly before it, one of «» · «», '
            "or name the section: prov:wasDerivedFrom <section/press-fr-1>.",
        ),
        (
            BRUSSELS,
            NAME,
            'unm:quote "M. Deng est à Bruxelles" ]',
            "«M. Deng est à Bruxelles» is in none of the sections «2011: البعثة الموفدة إلى بروكسل», "
            "«Bruxelles, juin 2011», «Suite»; the nearest text in them is «Deng était à Bruxelles.».",
        ),
        (DESCRIPTION, '"fr"', '"French, and more"', "'French, and more' is no tag of a language: write"),
        (PAGE, 'language "en"', 'language "de"', "There is no translation 'key-missions-ar.de.txt' beside"),
    ],
)
def test_a_mistake_in_a_source_is_told_at_its_line(
    unmissions: Command, told_twice: Path, file: str, old: str, new: str, sentence: str
) -> None:
    line = change(told_twice, file, old, new)

    told = said(unmissions, told_twice)

    assert [one for one in told if one.startswith(f"{file}:{line}: ") and sentence in one], told


@pytest.mark.parametrize(
    ("new", "line", "sentence"),
    [
        ("", 68, COUNTED.format(67) + WRITE + "«وناقش فرانسيس دينغ الوضع"),
        ("Key missions\n\n", 6, COUNTED.format(69) + WRITE + "«2012: البعثة الموفدة إلى أبوجا"),
        ("Key missions\nof it\n", 69, COUNTED.format(69) + "this line is one too many; each sentence of"),
    ],
)
def test_a_translation_has_exactly_one_line_for_each_sentence(
    unmissions: Command, told_twice: Path, new: str, line: int, sentence: str
) -> None:
    change(told_twice, TRANSLATION, "Key missions\n", new)

    (told,) = said(unmissions, told_twice)

    assert told.startswith(f"{TRANSLATION}:{line}: {sentence}")


def test_a_text_that_no_source_names_is_not_left_out_silently(unmissions: Command, told_twice: Path) -> None:
    append(told_twice, "data/sources/other.txt", "x")

    (line,) = said(unmissions, told_twice)

    assert line.startswith("data/sources/other.txt:1: No source names this file: write unm:file")


@pytest.mark.matrix
def test_a_last_name_that_two_share_names_nobody(unmissions: Command, project: Path) -> None:
    """In 2012 both were in office."""
    keep_missions(project, "2010-west-africa", "2011-brussels", "2012-abuja", "2012-paris")
    (project / "ontology/shapes.ttl").unlink()
    inferred = f"certainty:inferred-from-post-and-date ;\n        {OF_TENURE} ;\n        {LAST_NAME}"
    line = change(project, PARIS, inferred, f"certainty:stated ;\n        {LAST_NAME}")

    (sentence,) = said(unmissions, project)

    assert sentence.startswith(f"{PARIS}:{line - 3}: <participation/2012-paris--adama-dieng--envoy>: ")
    assert "have only «دينغ», which is also the last name of <person/francis-deng>: quote" in sentence

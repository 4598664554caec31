"""`unmissions new` begins a curator's files with what is known, and a build names what is still open."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.conftest import Command

TEXT = """Bulletin

Bref

2012 : Abuja
M. Dieng était à Abuja. Il est reparti.

2013 : Dakar
Il est revenu !
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "Bulletin n° 1.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def written(project: Path, name: str) -> str:
    return (project / name).read_text(encoding="utf-8")


def test_a_new_source_has_its_checksum_its_sections_and_its_sentences(
    unmissions: Command, project: Path, text: Path
) -> None:
    done = unmissions("new", "source", text, "--language", "fr", "--translate", "en", "--inputs", project)
    folder = "data/sources/bulletin-n-1"
    turtle = written(project, f"{folder}.ttl")

    assert done.stdout.split() == [f"{folder}.txt", f"{folder}.ttl", f"{folder}.en.txt"]
    assert written(project, f"{folder}.txt") == TEXT
    assert written(project, f"{folder}.en.txt") == "\n" * 7
    assert f'unm:sha256 "{hashlib.sha256(TEXT.encode()).hexdigest()}"' in turtle
    assert 'skos:altLabel "Bulletin"@fr' in turtle
    assert re.findall(r'unm:heading "(.*)"', turtle) == ["2012 : Abuja", "2013 : Dakar"]
    assert turtle.rstrip().endswith(
        "# 1 Bulletin\n# 2 Bref\n# 3 2012 : Abuja\n# 4 M. Dieng était à Abuja.\n# 5 Il est reparti.\n"
        "# 6 2013 : Dakar\n# 7 Il est revenu !"
    )


def test_nothing_that_is_there_is_written_over(unmissions: Command, project: Path, text: Path) -> None:
    order = ("new", "source", text, "--language", "fr", "--inputs", project)
    assert unmissions(*order).exit_code == 0

    again = unmissions(*order)
    mission = unmissions("new", "mission", "2011-berlin", "--inputs", project)

    assert again.exit_code == mission.exit_code == 1
    assert again.stderr == "data/sources/bulletin-n-1.ttl is there already; nothing was written.\n"
    assert "2011-berlin.ttl is there already; nothing was written." in mission.stderr


def test_what_a_new_mission_leaves_open_is_named_line_by_line_and_nothing_else_is(
    unmissions: Command, project: Path
) -> None:
    known = ("--section", "2012-abuja", "--envoy", "adama-dieng", "--date", "2012-12")
    assert unmissions("new", "mission", "2012-x", *known, "--inputs", project).exit_code == 0
    lines = written(project, "data/missions/2012-x.ttl").splitlines()
    is_open = [n for n, line in enumerate(lines, 1) if "…" in line and not line.strip().startswith("#")]

    checked = unmissions("check", "--inputs", project)
    said = [line for line in checked.stderr.splitlines() if not line.startswith("✓")]

    assert is_open and said == [
        f"data/missions/2012-x.ttl:{n}: Fill in what reads … here, or take it away." for n in is_open
    ]
    assert not any("2012-abuja> ;" in lines[n - 1] or "adama-dieng" in lines[n - 1] for n in is_open)


@pytest.mark.parametrize("name", ["FJ", "fji", "242", "Fiji", "فيجي", "Fidji"])
def test_a_country_comes_with_its_codes_and_what_lies_above_it(
    unmissions: Command, project: Path, name: str
) -> None:
    assert unmissions("new", "place", name, "--inputs", project).exit_code == 0
    places = written(project, "data/reference/places.ttl")

    assert places.endswith(
        """
<place/oceania> a unm:Place ;
    rdfs:label "أوقيانوسيا"@ar, "Oceania"@en ;
    unm:placeKind place-kind:continent ;
    unm:m49 "009" ;
    unm:within <place/world> .

<place/melanesia> a unm:Place ;
    rdfs:label "ميلانيزيا"@ar, "Melanesia"@en ;
    unm:placeKind place-kind:region ;
    unm:m49 "054" ;
    unm:within <place/oceania> .

<place/fiji> a unm:Place ;
    rdfs:label "فيجي"@ar, "Fiji"@en ;
    unm:placeKind place-kind:country ;
    unm:m49 "242" ;
    unm:iso3166 "FJ" ;
    unm:within <place/melanesia> .
"""
    )
    links = written(project, "data/links/places.ttl")
    assert links.endswith('\n<place/fiji>\n    unm:iso3166Alpha3 "FJI" .\n')


def test_a_city_comes_with_its_country_and_coordinates_and_without_a_guessed_name(
    unmissions: Command, project: Path
) -> None:
    shown = unmissions("new", "place", "Kigali", "--show", "--inputs", project)

    assert '<place/rwanda> a unm:Place ;\n    rdfs:label "رواندا"@ar, "Rwanda"@en ;' in shown.stdout
    assert 'rdfs:label "…"@ar, "Kigali"@en ;' in shown.stdout
    assert re.search(r"geo:lat -1\.9\d+ ; geo:long 30\.0\d+ \.", shown.stdout)
    assert "kigali" not in written(project, "data/reference/places.ttl")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Nigeria"], "The graph has it already: <place/nigeria>."),
        (["Abuja"], "The graph has a <place/abuja> already; is it the same?"),
        (["Nowhere in particular"], "Neither M49 nor GeoNames has a 'Nowhere in particular'"),
        (["Tripoli"], "Several cities are called Tripoli; by their inhabitants: --country LY ("),
    ],
)
def test_a_place_that_is_there_or_not_known_or_one_of_several_is_not_added(
    unmissions: Command, project: Path, arguments: list[str], sentence: str
) -> None:
    before = written(project, "data/reference/places.ttl")

    refused = unmissions("new", "place", *arguments, "--inputs", project)

    assert refused.exit_code == 1 and refused.stderr.startswith(sentence)
    assert written(project, "data/reference/places.ttl") == before


@pytest.mark.parametrize(
    ("slug", "sentence"), [("Ottawa 2014", "'Ottawa 2014' is no slug"), ("أوتاوا", "'أوتاوا' is no slug")]
)
def test_a_mission_has_a_slug(unmissions: Command, project: Path, slug: str, sentence: str) -> None:
    refused = unmissions("new", "mission", slug, "--inputs", project)

    assert refused.exit_code == 1 and refused.stderr.startswith(sentence)


def test_a_text_that_is_not_utf8_is_refused(unmissions: Command, project: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))

    refused = unmissions("new", "source", tmp_path / "latin.txt", "--language", "fr", "--inputs", project)

    assert refused.exit_code == 1 and "latin.txt:1: The file is not UTF-8" in refused.stderr

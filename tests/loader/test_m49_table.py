"""The table of the M49 standard says what the United Nations' own lists say, and the places agree with it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from loader.inputs import PROJECT
from loader.m49 import Area, read_m49
from tests.conftest import Rows

LISTS = PROJECT.parent / "shared/datasets"
LANGUAGES = [("en", "en"), ("ar", "ar"), ("fr", "fr"), ("es", "es"), ("ru", "ru"), ("cn", "zh")]


@pytest.fixture(scope="module")
def areas(inputs: Path) -> dict[str, Area]:
    return read_m49(inputs)


@pytest.mark.skipif(not LISTS.is_dir(), reason="the lists of M49 lie beside the project only")
@pytest.mark.parametrize(("suffix", "language"), LANGUAGES)
def test_the_table_has_the_codes_and_names_of_the_lists(
    areas: dict[str, Area], suffix: str, language: str
) -> None:
    with (LISTS / f"m49-{suffix}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    countries = {code for code, area in areas.items() if area.iso3166}
    assert {row["M49 Code"] for row in rows} == countries | {c for c, a in areas.items() if a.alpha3}
    for row in rows:
        area = areas[row["M49 Code"]]
        levels = ("Intermediate Region", "Sub-region", "Region", "Global")
        level = next(name for name in levels if row[f"{name} Code"])
        assert area.names[language] == row["Country or Area"].strip()
        assert (area.iso3166, area.alpha3) == (row["ISO-alpha2 Code"], row["ISO-alpha3 Code"])
        assert area.above == row[f"{level} Code"]
        columns = {column for column in row if column.endswith("DC)") or column.endswith("SIDS)")}
        assert area.groups == {c.rpartition("(")[2][:-1].lower() for c in columns if row[c]}
    # The lists call Eastern Asia once by another name.
    regions = Counter((row["Sub-region Code"], row["Sub-region Name"]) for row in rows)
    named = {code: name for (code, name), _ in reversed(regions.most_common())}
    assert {code: areas[code].names[language] for code in named if code} == {
        k: n for k, n in named.items() if k
    }


def test_every_area_has_a_name_in_the_six_languages_and_leads_up_to_the_world(areas: dict[str, Area]) -> None:
    assert {tuple(sorted(area.names)) for area in areas.values()} == {("ar", "en", "es", "fr", "ru", "zh")}
    assert [code for code, area in areas.items() if not area.above] == ["001"]
    assert all(area.m49 == code and (area.above in areas or code == "001") for code, area in areas.items())


def test_the_places_of_the_graph_have_the_codes_and_the_order_of_the_table(
    areas: dict[str, Area], rows: Rows
) -> None:
    found = rows(
        """SELECT ?m49 ?iso ?above { ?place unm:m49 ?m49 OPTIONAL { ?place unm:iso3166 ?iso }
            OPTIONAL { ?place unm:within/unm:m49 ?above } }"""
    )

    assert found
    assert {row: row for row in found} == {
        row: (row[0], areas[row[0]].iso3166, areas[row[0]].above) for row in found
    }

"""Makes `data/tables/m49.ttl` of the lists that the Statistics Division publishes, one a language.

    python -m loader.curation.m49_table FOLDER

`FOLDER` holds `m49-en.csv` and its five sisters, as https://unstats.un.org/unsd/methodology/m49/overview/ has
them for download. Nothing is added to what they say.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loader.inputs import PROJECT
from loader.m49 import TABLE

# The lists call Chinese by its country; the others have their BCP 47 tag.
LANGUAGES = {"en": "en", "ar": "ar", "fr": "fr", "es": "es", "ru": "ru", "cn": "zh"}
REGIONS = ("Global", "Region", "Sub-region", "Intermediate Region")
HEAD = """# The areas of the UN standard M49: codes, ISO 3166-1 codes, the area above, names in six languages.
# Made by `python -m loader.curation.m49_table` of the lists of the UN Statistics Division, not by hand.

@prefix : <https://w3id.org/un-missions/dataset/m49#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unm: <https://w3id.org/un-missions/ontology#> .
"""


@dataclass
class _Row:
    """An area as the lists have it; a region stands there many times, and once under another name."""

    above: str
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    alpha2: str = ""
    alpha3: str = ""


def main() -> None:
    areas: dict[str, _Row] = {}
    for suffix, language in LANGUAGES.items():
        path = Path(sys.argv[1]) / f"m49-{suffix}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                _read(row, language, areas)
    text = HEAD + "".join(_turtle(code, area) for code, area in sorted(areas.items()))
    (PROJECT / TABLE).write_text(text, encoding="utf-8")


def _read(row: Mapping[str, str], language: str, areas: dict[str, _Row]) -> None:
    """Adds the names of a country and of the regions above it."""
    above = ""
    for code, name in _path(row):
        areas.setdefault(code, _Row(above)).names[language][name.strip()] += 1
        above = code
    areas[above].alpha2, areas[above].alpha3 = row["ISO-alpha2 Code"], row["ISO-alpha3 Code"]


def _path(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """From the world down to the country."""
    for level in REGIONS:
        if row[f"{level} Code"]:
            yield row[f"{level} Code"], row[f"{level} Name"]
    yield row["M49 Code"], row["Country or Area"]


def _turtle(code: str, area: _Row) -> str:
    found = ((area.names[tag].most_common(1)[0][0], tag) for tag in LANGUAGES.values())
    names = ", ".join(f'"{_escaped(name)}"@{tag}' for name, tag in found)
    codes = [f'unm:m49 "{code}"']
    codes += [f'unm:iso3166 "{area.alpha2}"'] if area.alpha2 else []
    codes += [f'unm:iso3166Alpha3 "{area.alpha3}"'] if area.alpha3 else []
    codes += [f"skos:broader :{area.above}"] if area.above else []
    return f"\n:{code} a skos:Concept ; {' ; '.join(codes)} ;\n    skos:prefLabel {names} .\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    main()

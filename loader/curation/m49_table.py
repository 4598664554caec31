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
# The lists name the groups in English alone: these are the names that the United Nations gives them.
GROUPS = {
    "ldc": (
        "Least Developed Countries (LDC)",
        {
            "en": "Least developed countries",
            "ar": "أقل البلدان نموا",
            "fr": "Pays les moins avancés",
            "es": "Países menos adelantados",
            "ru": "Наименее развитые страны",
            "zh": "最不发达国家",
        },
    ),
    "lldc": (
        "Land Locked Developing Countries (LLDC)",
        {
            "en": "Landlocked developing countries",
            "ar": "البلدان النامية غير الساحلية",
            "fr": "Pays en développement sans littoral",
            "es": "Países en desarrollo sin litoral",
            "ru": "Развивающиеся страны, не имеющие выхода к морю",
            "zh": "内陆发展中国家",
        },
    ),
    "sids": (
        "Small Island Developing States (SIDS)",
        {
            "en": "Small island developing States",
            "ar": "الدول الجزرية الصغيرة النامية",
            "fr": "Petits États insulaires en développement",
            "es": "Pequeños Estados insulares en desarrollo",
            "ru": "Малые островные развивающиеся государства",
            "zh": "小岛屿发展中国家",
        },
    ),
}
HEAD = """# The areas of UN standard M49: codes, ISO codes, the area above, groups, names in six languages.
# Made by `python -m loader.curation.m49_table` of the lists of the UN Statistics Division, not by hand.

@prefix : <https://w3id.org/un-missions/dataset/m49#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:alpha2 a rdf:Property ; rdfs:label "ISO 3166-1 alpha-2 code"@en, "رمز ISO 3166-1 من حرفين"@ar .
:alpha3 a rdf:Property ; rdfs:label "ISO 3166-1 alpha-3 code"@en, "رمز ISO 3166-1 من ثلاثة أحرف"@ar .
"""


@dataclass(kw_only=True)
class _Row:
    """An area as the lists have it; a region stands there many times, and once under another name."""

    above: str
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    alpha2: str = ""
    alpha3: str = ""
    groups: list[str] = field(default_factory=list)


def main() -> None:
    areas: dict[str, _Row] = {}
    for suffix, language in LANGUAGES.items():
        path = Path(sys.argv[1]) / f"m49-{suffix}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                _read(row, language, areas)
    text = HEAD + "".join(_turtle(code, area) for code, area in sorted(areas.items()))
    text += "".join(_group(name, areas) for name in GROUPS)
    (PROJECT / TABLE).write_text(text, encoding="utf-8")


def _read(row: Mapping[str, str], language: str, areas: dict[str, _Row]) -> None:
    """Adds the names of a country and of the regions above it."""
    above = ""
    for code, name in _path(row):
        areas.setdefault(code, _Row(above=above)).names[language][name.strip()] += 1
        above = code
    areas[above].alpha2, areas[above].alpha3 = row["ISO-alpha2 Code"], row["ISO-alpha3 Code"]
    areas[above].groups = [name for name, (column, _) in GROUPS.items() if row[column]]


def _path(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """From the world down to the country."""
    for level in REGIONS:
        if row[f"{level} Code"]:
            yield row[f"{level} Code"], row[f"{level} Name"]
    yield row["M49 Code"], row["Country or Area"]


def _turtle(code: str, area: _Row) -> str:
    codes = [f'skos:notation "{code}"']
    codes += [f':alpha2 "{area.alpha2}"'] if area.alpha2 else []
    codes += [f':alpha3 "{area.alpha3}"'] if area.alpha3 else []
    codes += [f"skos:broader :{area.above}"] if area.above else []
    names = {tag: area.names[tag].most_common(1)[0][0] for tag in LANGUAGES.values()}
    return f"\n:{code} a skos:Concept ; {' ; '.join(codes)} ;\n    skos:prefLabel {_labels(names)} .\n"


def _group(name: str, areas: Mapping[str, _Row]) -> str:
    members = ", ".join(f":{code}" for code, area in sorted(areas.items()) if name in area.groups)
    head = f'\n:{name} a skos:Collection ; skos:notation "{name.upper()}" ;\n'
    return f"{head}    skos:prefLabel {_labels(GROUPS[name][1])} ;\n    skos:member {members} .\n"


def _labels(names: Mapping[str, str]) -> str:
    return ", ".join(f'"{_escaped(name)}"@{tag}' for tag, name in names.items())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    main()

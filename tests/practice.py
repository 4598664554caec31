"""Takes the practice texts in as a curator would, by the commands of the how-to, where they lie at hand.

They are never committed: they lie beside the project. `python -m tests.practice FOLDER` makes a copy of the
whole project with both in it, so that its tests can be run there too.
"""

import shutil
import sys
from pathlib import Path

from click.testing import CliRunner

from loader.inputs import PROJECT
from server.cli.__main__ import main
from tests.loader.editing import append, change

TEXTS = PROJECT.parent / "shared/sources/practice"
FRENCH, ENGLISH = TEXTS / "fr-missions-2012.txt", TEXTS / "en-ottawa-2014.txt"
ARE_HERE = FRENCH.is_file() and ENGLISH.is_file()
ABUJA, DAKAR, OTTAWA = (f"data/missions/{name}.ttl" for name in ("2012-abuja", "2012-dakar", "2014-ottawa"))
PEOPLE, GROUPS, PLACES = (f"data/reference/{name}.ttl" for name in ("people", "groups", "places"))

# What is said in French of what the Arabic page tells too.
IN_FRENCH = {
    ABUJA: """
<mission/2012-abuja> unm:toldIn <section/fr-missions-2012-1> .
<participation/2012-abuja--adama-dieng--envoy> unm:quote "le Conseiller spécial Adama Dieng" .
<participation/2012-abuja-ecowas--vice-president-of-ecowas--interlocutor>
    unm:quote "le Vice-Président de la Communauté" .
<participation/2012-abuja-permanent-secretary-of-the-interior--permanent-secretary-of-the-ministry-of-the-interior-of-nigeria--interlocutor>
    unm:quote "le Secrétaire permanent du Ministère nigérian" .
<participation/2012-abuja-heads-of-services--2012-abuja-heads-of-services--informed-party>
    unm:quote "Des chefs de services de l’État" .
""",
    DAKAR: """
<mission/2012-dakar> unm:toldIn <section/fr-missions-2012-2> .
<participation/2012-dakar-president-of-senegal--adama-dieng--envoy> unm:quote "M. Dieng a été reçu" .
<participation/2012-dakar-president-of-senegal--president-of-senegal--interlocutor>
    unm:quote "le Président du Sénégal" .
""",
}
PERSON = """
<person/senator-dallaire> a foaf:Person ;
    rdfs:label "السناتور دالير"@ar, "Senator Dallaire"@en .
"""
GROUP = """
<group/2014-ottawa-all-party-group> a unm:Group ;
    rdfs:label "مجموعة برلمانية تضم جميع الأحزاب، أوتاوا"@ar,
        "All-party group of parliamentarians, Ottawa"@en ;
    unm:groupKind group-kind:parliamentarians .
"""
MISSION = """
<mission/2014-ottawa> a unm:Mission ;
    rdfs:label "زيارة إلى أوتاوا، 2014"@ar, "Visit to Ottawa, 2014"@en ;
    unm:toldIn <section/en-ottawa-2014-1> ;
    unm:missionKind mission-kind:visit ;
    unm:edtf "2014-02-25"^^edtf:EDTF ;
    unm:yearFromHeading true ;
    unm:place <place/ottawa> ;
    unm:placeCertainty certainty:stated ;
    unm:quote "Genocide prevention in 2014", "on February 25",
        [ oa:exact "came to Ottawa" ; unm:supports <place/ottawa> ] ;
    unm:hasParticipation [
        unm:participant <person/adama-dieng> ;
        unm:role role:envoy ;
        unm:inCapacity <post/special-adviser-prevention-of-genocide> ;
        unm:certainty certainty:stated ;
        unm:quote "a talk with Adama Dieng", "The UN Special Adviser on the Prevention of Genocide" ] .

<meeting/2014-ottawa-all-party-group> a unm:Meeting ;
    rdfs:label "كلمة أمام مجموعة برلمانية تضم جميع الأحزاب"@ar,
        "Address to an all-party group of parliamentarians"@en ;
    unm:partOfMission <mission/2014-ottawa> ;
    unm:meetingKind meeting-kind:address ;
    unm:mentionsPlace <place/central-african-republic>, <place/south-sudan>, <place/myanmar> ;
    unm:topic <topic/country-situations> ;
    unm:quote
        [ oa:exact "his gravest worry" ; unm:supports <topic/country-situations> ],
        [ oa:exact "Central African Republic" ; unm:supports <place/central-african-republic> ],
        [ oa:exact "South Sudan" ; unm:supports <place/south-sudan> ],
        [ oa:exact "Myanmar has been watched" ; unm:supports <place/myanmar> ] ;
    unm:hasParticipation [
        unm:participant <person/adama-dieng> ;
        unm:role role:speaker ;
        unm:inCapacity <post/special-adviser-prevention-of-genocide> ;
        unm:certainty certainty:stated ;
        unm:quote "a talk with Adama Dieng", "Mr. Dieng named" ], [
        unm:participant <person/senator-dallaire> ;
        unm:role role:attendee ;
        unm:certainty certainty:stated ;
        unm:quote "Senator Dallaire" ], [
        unm:participant <group/2014-ottawa-all-party-group> ;
        unm:role role:attendee ;
        unm:certainty certainty:stated ;
        unm:quote "members of parliament and senators in an all-party group" ] .
"""


def take_in(project: Path) -> None:
    """Adds both texts, and what they tell, to a copy of the inputs, unless they are in it."""
    if (project / OTTAWA).exists():
        return
    _source(project, FRENCH, "fr", "البعثات (صفحة بالفرنسية، للتمرين)", "Missions (in French, for practice)")
    _source(project, ENGLISH, "en", "حديث مع أداما دينغ (للتمرين)")
    _new(project, "place", "Ottawa", "--country", "ca")
    change(project, PLACES, '"…"@ar, "Ottawa"@en', '"أوتاوا"@ar, "Ottawa"@en')
    for name in ("CF", "South Sudan", "ميانمار"):
        _new(project, "place", name)
    for file, text in IN_FRENCH.items():
        append(project, file, text)
    _tell_of_ottawa(project)


def _new(project: Path, *arguments: object) -> None:
    done = CliRunner().invoke(main, ["new", *map(str, arguments), "--inputs", str(project)])
    assert done.exit_code == 0, done.output


def _source(project: Path, text: Path, language: str, arabic: str, english: str = "") -> None:
    """As the command writes it, with what it leaves open filled in."""
    _new(project, "source", text, "--language", language, "--address", f"https://example.org/{text.stem}")
    file = f"data/sources/{text.stem}.ttl"
    change(project, file, '"…"@ar', f'"{arabic}"@ar')
    if english:
        change(project, file, '"…"@en', f'"{english}"@en')
    change(project, file, "    dcterms:publisher <institution/…> ;\n", "")
    change(project, file, '"…"@en, "…"@ar', '"For practice."@en, "للتمرين."@ar')


def _tell_of_ottawa(project: Path) -> None:
    _new(project, "mission", "2014-ottawa", "--section", "en-ottawa-2014-1", "--envoy", "adama-dieng")
    path = project / OTTAWA
    prefixes = path.read_text(encoding="utf-8").partition("\n<mission/")[0]
    path.write_text(prefixes + MISSION, encoding="utf-8")
    for file, text in ((PEOPLE, PERSON), (GROUPS, GROUP)):
        append(project, file, text)


if __name__ == "__main__":
    copy = Path(sys.argv[1])
    left_out = shutil.ignore_patterns(".*_cache", ".git", ".venv", "store", "__pycache__", "node_modules")
    shutil.copytree(PROJECT, copy, ignore=left_out, symlinks=True)
    take_in(copy)
    print(f"{copy} has the practice texts in it: run `unmissions check --accept` and its tests there.")

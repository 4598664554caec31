"""Quads that would like to run in a browser, to hide, or to be endless, wherever pages show them."""

from urllib.parse import quote

from loader.release.namespaces import BASE, ONTOLOGY, graph_iri

MARKUP = "<script>window.ran=1</script>\\\"'><img src=x onerror=window.ran=1>"
CLOSING = "</script></title></textarea><svg onload=window.ran=1>{{7*7}}${7*7}"
BIDI = "moc.live\\u202egpj.exe\\u2066\\u200b\\u0007\\u0000"
ENDLESS = "endless" * 3000
SCRIPT_LINK, DATA_LINK = "javascript:window.ran=1", "data:text/html,window.ran=1"
# IRIs may hold quotes and any letter, but neither < nor > nor a space.
QUOTES = "https://example.org/'onmouseover='window.ran=1'"
TURNED = "https://example.org/\u202egpj"
HOST = f"{BASE}/evil.example/x"


def _labels(english: str, arabic: str) -> str:
    return f'rdfs:label "{english}"@en , "{arabic}"@ar ; skos:prefLabel "{english}"@en , "{arabic}"@ar'


def _thing(iri: str, class_: str, english: str, arabic: str, more: str = "") -> str:
    return f"<{iri}> a {class_} ; {_labels(english, arabic)} {more} .\n"


PREFIXES = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix unm: <{ONTOLOGY}> .
"""
LINKS = (
    f"; rdfs:seeAlso <{SCRIPT_LINK}> , <{DATA_LINK}> , <{QUOTES}> , <{TURNED}> , <{HOST}> "
    f'; skos:exactMatch <{SCRIPT_LINK}> ; dcterms:source <{SCRIPT_LINK}> ; rdfs:comment "{CLOSING}"@en '
)
EVENT = (
    f"; unm:missionKind <{BASE}mission-kind/mission> ; unm:notBefore '2012-01-01' ; unm:edtf '{MARKUP[:8]}' "
    f"; unm:envoy <{BASE}person/hostile> ; unm:country <{BASE}place/hostile> "
    f"; unm:place <{BASE}place/hostile> "
    f"; unm:topic <{BASE}topic/hostile> ; unm:institution <{BASE}institution/hostile> "
    f'; unm:finding "{MARKUP}"@en , "{BIDI}"@ar '
)
PART = f"; unm:partOfMission <{BASE}mission/hostile> "
CLOSE = f"; skos:closeMatch <{SCRIPT_LINK}> "
QUADS = f"""{PREFIXES}
<{graph_iri("missions")}> {{
{_thing(BASE + "mission/hostile", "unm:Mission", MARKUP, CLOSING, EVENT + LINKS)}
{_thing(BASE + "meeting/hostile", "unm:Meeting", CLOSING, BIDI, PART)}
}}
<{graph_iri("reference")}> {{
{_thing(BASE + "person/hostile", "foaf:Person , unm:Envoy", MARKUP, BIDI, LINKS)}
{_thing(BASE + "institution/hostile", "unm:Institution", BIDI, MARKUP, LINKS)}
{_thing(BASE + "place/hostile", "unm:Place", ENDLESS, ENDLESS, f'; unm:m49 "{MARKUP}"' + LINKS)}
{_thing(BASE + "topic/hostile", "unm:Topic", "window.ran " + MARKUP, CLOSING, LINKS)}
{_thing(QUOTES, "unm:Topic", MARKUP, CLOSING)}
{_thing(SCRIPT_LINK, "unm:Topic", MARKUP, CLOSING)}
}}
<{graph_iri("ontology")}> {{
{_thing(ONTOLOGY + "Hostile", "owl:Class", MARKUP, CLOSING, f'; skos:definition "{CLOSING}"@en')}
{_thing(ONTOLOGY + "hostile'onclick='x", "owl:ObjectProperty", BIDI, MARKUP, CLOSE)}
{_thing(SCRIPT_LINK, "rdfs:Class", MARKUP, ENDLESS)}
}}
<{graph_iri("dataset/hostile/void")}> {{
<urn:hostile> a void:Dataset ; dcterms:title "{MARKUP}"@en , "{BIDI}"@ar ;
  dcterms:license <{SCRIPT_LINK}> ; dcterms:source <{DATA_LINK}> .
<{HOST}> a void:Dataset ; dcterms:title "{CLOSING}"@en .
<{BASE}source/key-missions-ar> dcterms:publisher <urn:hostile> .
<urn:hostile> rdfs:label "{MARKUP}"@en , "{CLOSING}"@ar .
<{BASE}section/2011-rome> rdfs:label "{MARKUP}"@en , "{CLOSING}"@ar .
}}
<urn:hostile> {{
<{BASE}mission/2011-rome> unm:topic <{BASE}topic/hostile> ; rdfs:seeAlso <{SCRIPT_LINK}> .
}}
"""
OWN = (
    *(f"/{kind}/hostile" for kind in ("mission", "meeting", "person", "institution", "place", "topic")),
    *(f"/resource?iri={quote(iri, safe='')}" for iri in (QUOTES, SCRIPT_LINK, TURNED, HOST, "urn:hostile")),
    "/mission/2011-rome", "/section/2011-rome", "/search?q=window", "/search?q=endless",
    f"/search?q={quote(MARKUP)}", f"/queries?q={quote(MARKUP)}", f"/missions?envoy={quote(MARKUP)}",
    f"/sparql?text={quote(CLOSING)}", f"/mission/{quote(MARKUP, safe='')}", f"/resource?iri={quote(MARKUP)}",
    "/queries/things-by-name?name=window", "/queries/data-sets-in-the-store",
    f"/queries/facts-of-a-thing?thing={BASE}mission/hostile",
)  # fmt: skip
DATA = ("/search.json?q=window", "/sparql/words.json", "/sitemap.xml", "/robots.txt", "/llms.txt",
        "/queries/things-by-name/run.json?name=window", "/mission/hostile.jsonld")  # fmt: skip

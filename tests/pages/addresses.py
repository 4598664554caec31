"""One page of every kind that visitors can come upon; the tests of all pages go through this list."""

from dataclasses import dataclass
from urllib.parse import quote

LANGUAGES = {"en": "ltr", "ar": "rtl"}
_ENVOY = "https://w3id.org/un-missions/ontology#envoy"
_THREE_ROWS = quote(f"SELECT ?s ?o {{ ?s <{_ENVOY}> ?o }} ORDER BY ?s ?o LIMIT 3")


@dataclass(frozen=True)
class Kind:
    """A kind of page, by one page of it; `status` is what it answers."""

    name: str
    address: str
    status: int = 200


KINDS = (
    Kind("home", "/"),
    Kind("missions", "/missions"),
    Kind("missions-of-a-year", "/missions?year=2011"),
    Kind("meetings", "/meetings"),
    Kind("people", "/people"),
    Kind("institutions", "/institutions"),
    Kind("places", "/places"),
    Kind("topics", "/topics"),
    Kind("search", "/search?q=dakar"),
    Kind("search-without-hits", "/search?q=zzzzzz"),
    Kind("mission", "/mission/2012-abuja"),
    Kind("meeting", "/meeting/2012-abuja-ecowas"),
    Kind("person", "/person/francis-deng"),
    Kind("post", "/post/special-adviser-prevention-of-genocide"),
    Kind("tenure", "/tenure/adama-dieng-special-adviser-prevention-of-genocide"),
    Kind("institution", "/institution/ecowas"),
    Kind("group", "/group/2010-guinea-civil-society-experts"),
    Kind("place", "/place/nigeria"),
    Kind("topic", "/topic/diversity-management"),
    Kind("document", "/document/cscap-study-group-report-on-the-responsibility-to-protect"),
    Kind("participation", "/participation/2010-south-east-asia--francis-deng--envoy"),
    Kind("section", "/section/2011-brussels"),
    Kind("concept", "/role/envoy"),
    Kind("dataset", "/dataset/un-missions"),
    Kind("resource", "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ1033"),
    Kind("sources", "/sources"),
    Kind("source", "/sources/key-missions-ar"),
    Kind("ontology", "/ontology"),
    Kind("queries", "/queries"),
    Kind("query-changes", "/queries/missions-by-year/changes"),
    Kind("reports", "/reports"),
    Kind("report", "/reports/overview"),
    Kind("query-table", "/queries/who-met-whom?year=2011&evidence=true"),
    Kind("query-bars", "/queries/missions-by-country"),
    Kind("query-timeline", "/queries/timeline-of-events"),
    Kind("query-map", "/queries/places-visited"),
    Kind("query-network", "/queries/envoys-and-bodies"),
    Kind("query-graph", "/queries/mission-as-rdf"),
    Kind("query-empty", "/queries/things-by-name?name=qqq"),
    Kind("editor", "/sparql"),
    Kind("editor-result", f"/sparql?query={_THREE_ROWS}"),
    Kind("data", "/data/"),
    Kind("difference", "/data/1..1"),
    Kind("reconcile", "/reconcile"),
    Kind("about", "/about"),
    Kind("help", "/help"),
    Kind("help-document", "/help/reference/addresses"),
    Kind("not-found", "/nothing", 404),
    Kind("thing-not-found", "/mission/2012-abuia", 404),
    Kind("query-not-found", "/queries/who-met-who", 404),
    Kind("release-not-found", "/ontology?release=999", 404),
    Kind("wrong-value", "/queries/meetings-in-a-period?from=yesterday", 400),
    Kind("wrong-query", "/sparql?query=SELEC", 400),
    Kind("wrong-method", "/update", 405),
    Kind("no-such-format", "/ontology.owl", 406),
)

"""What clients of reconciliation rely on: addresses, forms, languages, refusals, frames."""

import json
from urllib.parse import quote

import pytest

from tests.reconcile.asking import candidates, post, query
from tests.server.servers import Server

EXTENDED: tuple[tuple[str, str, list[object]], ...] = (
    ("mission/2011-berlin", "date", [{"date": "2011-11-09T00:00:00Z"}]),
    ("mission/2011-rome", "date", [{"str": "2011-11-21/2011-11-24"}]),
    ("mission/2011-berlin", "country", [{"id": "place/germany", "name": "Germany"}]),
    ("place/nigeria", "wikidata", [{"str": "Q1033"}]),
    ("place/nigeria", "m49", [{"str": "566"}]),
    ("place/nigeria", "iso3166-alpha3", [{"str": "NGA"}]),
    ("institution/unesco", "isni", [{"str": "0000000404523255"}]),
    ("group/2010-phnom-penh-trainees", "size", [{"int": 35}]),
    ("place/abuja", "latitude", [{"float": 9.05785}]),
    ("place/atlantis", "country", []),
)


def extend(server: Server, ids: list[str], *properties: object) -> dict[str, dict[str, list[object]]]:
    asked = {"ids": ids, "properties": list(properties)}
    answer = server.http.post("/reconcile", data={"extend": json.dumps(asked)})
    assert answer.status_code == 200, answer.text
    rows: dict[str, dict[str, list[object]]] = answer.json()["rows"]
    return rows


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/javascript, */*; q=0.01", "text/xml"])
def test_whoever_does_not_want_a_page_gets_the_manifest(server: Server, accept: str) -> None:
    answer = server.http.get("/reconcile", headers={"Accept": accept})

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (answer.json()["versions"], answer.json()["batchSize"]) == (["0.2"], 50)


def test_a_reader_gets_a_page_that_explains_every_feature(server: Server) -> None:
    page = server.http.get("/reconcile", headers={"Accept": "text/html"}).text
    features = {
        one["id"] for one in candidates(server, "دينغ", "person", date="2011", post="x")[0]["features"]
    }
    view = server.http.get("/reconcile").json()["feature_view"]["url"]

    assert features >= {"name", "type", "date"}
    assert not [feature for feature in features if f'id="{feature}"' not in page]
    assert view.endswith("/reconcile#{{id}}")


def test_every_address_of_the_manifest_answers(server: Server) -> None:
    manifest = server.http.get("/reconcile").json()
    suggest = [f"{one['service_url']}{one['service_path']}" for one in manifest["suggest"].values()]
    views = [manifest[name]["url"].replace("{{id}}", "place%2Fnigeria") for name in ("view", "preview")]
    proposal = manifest["extend"]["propose_properties"]
    addresses = [*suggest, *views, manifest["logo"], proposal["service_url"] + proposal["service_path"]]

    assert {address: server.http.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_queries_come_in_the_address_too_and_a_script_may_call_for_the_answer(server: Server) -> None:
    asked = {"queries": json.dumps({"q0": query("Abuja", "place")})}
    plain = server.http.get("/reconcile", params=asked)
    script = server.http.get("/reconcile", params={**asked, "callback": "jsonp_1"})

    assert plain.json() == post(server, {"q0": query("Abuja", "place")}).json()
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert json.loads(script.text.removeprefix("jsonp_1(").removesuffix(");")) == plain.json()


@pytest.mark.parametrize("name", ["alert(1)//", "a.b", "", "a b"])
def test_what_is_no_plain_name_is_not_called(server: Server, name: str) -> None:
    assert server.http.get("/reconcile", params={"callback": name}).status_code == 400


def test_a_type_is_one_or_a_list_and_an_unknown_one_has_no_candidates(server: Server) -> None:
    one = candidates(server, "Viet Nam", "place")
    batch = post(server, {"q": {"query": "Viet Nam", "type": ["place"]}, "r": query("Viet Nam", "ship")})

    assert batch.json() == {"q": {"result": one}, "r": {"result": []}}
    assert [kind["id"] for kind in one[0]["type"]] == ["place"]


@pytest.mark.parametrize(
    "id_", ["place/nigeria", "place%2Fnigeria", "https://w3id.org/un-missions/place/nigeria"]
)
def test_an_id_is_understood_in_each_of_its_spellings(server: Server, id_: str) -> None:
    assert extend(server, [id_], {"id": "iso3166"}) == {id_: {"iso3166": [{"str": "NG"}]}}
    assert server.http.get("/reconcile/preview", params={"id": id_}).status_code == 200
    found = server.http.get("/reconcile/suggest/entity", params={"prefix": id_}).json()["result"]
    assert [one["id"] for one in found] == ["place/nigeria"]


@pytest.mark.parametrize(("id_", "property_", "values"), EXTENDED)
def test_properties_are_given_as_what_they_are(
    server: Server, id_: str, property_: str, values: list[object]
) -> None:
    assert extend(server, [id_], {"id": property_}) == {id_: {property_: values}}


def test_every_proposed_property_can_be_given(server: Server) -> None:
    proposed = server.http.get("/reconcile/extend/propose").json()["properties"]
    kinds = ("person", "place", "institution", "mission", "meeting", "group", "post")
    asked = [f"/reconcile/suggest/entity?prefix=a&limit=9&type={kind}" for kind in kinds]
    found = [server.http.get(address).json()["result"] for address in asked]
    ids = [one["id"] for part in found for one in part]
    rows = extend(server, ids, *({"id": one["id"]} for one in proposed))

    assert len(proposed) > 20
    assert {one["id"] for one in proposed} == {name for row in rows.values() for name in row}


def test_settings_say_in_which_language_and_how_many(server: Server) -> None:
    settings = {"lang": "ar", "limit": 1}
    asked = [{"id": name, "settings": settings} for name in ("other", "country")]
    rows = extend(server, ["person/adama-dieng", "mission/2011-berlin"], *asked)

    assert rows["person/adama-dieng"]["other"] == [{"str": "أداما داينغ"}]
    assert rows["mission/2011-berlin"]["country"] == [{"id": "place/germany", "name": "ألمانيا"}]


def test_the_preview_may_be_framed_by_anybody_and_no_other_page(server: Server) -> None:
    def policy(address: str) -> str:
        answer = server.http.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        return str(answer.headers["Content-Security-Policy"])

    assert "frame-ancestors *" in policy("/reconcile/preview?id=place/nigeria")
    assert "frame-ancestors 'none'" in policy("/reconcile")
    assert "frame-ancestors 'none'" in policy("/place/nigeria")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_preview_tells_who_it_is_in_the_language_of_the_reader(server: Server, language: str) -> None:
    address = "/reconcile/preview?id=person/adama-dieng"
    page = server.http.get(address, headers={"Accept-Language": language}).text

    assert "Adama Dieng" in page and "أداما دينغ" in page
    assert ("Special Adviser on the Prevention of Genocide (17" in page) == (language == "en")


COLOUR = '{"q7": {"query": "x", "properties": [{"pid": "colour", "v": "red"}]}}'
LISTS = '{"q7": {"query": "x", "properties": [{"pid": "date", "v": [[1]]}]}}'
WRONG = {
    "no-json": ('{"q0": ', "queries is not JSON"),
    "no-object": ("[]", "it must be a JSON object"),
    "neither": ('{"q7": {"query": " "}}', "Query 'q7' has neither a query nor a property"),
    "unknown-property": (COLOUR, "'q7' has the property 'colour'"),
    "unknown-member": ('{"q7": {"query": "x", "typ": "person"}}', "Query 'q7' has 'typ'"),
    "limit": ('{"q7": {"query": "x", "limit": 0}}', "'q7' has the limit 0"),
    "value": (LISTS, "'q7' has the value [1]"),
}


@pytest.mark.parametrize(("queries", "detail"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_told_with_the_key_of_the_query_and_never_as_a_page(
    server: Server, queries: str, detail: str
) -> None:
    answer = post(server, queries, Accept="text/html")

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert detail in answer.json()["detail"]


def test_more_than_a_batch_is_too_large(server: Server) -> None:
    answer = post(server, {str(n): query("Nigeria") for n in range(51)})

    assert (answer.status_code, answer.json()["detail"]) == (
        413, "The batch has 51 queries; it may have 50 at a time.")  # fmt: skip


def test_answers_are_kept_while_the_release_stays(server: Server) -> None:
    address = "/reconcile/suggest/entity?prefix=abu"
    first = server.http.get(address)
    again = server.http.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["UN-Missions-Release"]
    assert again.status_code == 304


def test_names_in_answers_are_in_the_language_that_is_asked_for(server: Server) -> None:
    asked = quote(json.dumps({"q": query("Abuja", "place")}))
    found = server.http.get(f"/reconcile?lang=ar&queries={asked}").json()["q"]["result"][0]

    assert (found["name"], found["type"]) == ("أبوجا", [{"id": "place", "name": "مكان"}])
    assert "lang=ar" in server.http.get("/reconcile?lang=ar").json()["suggest"]["type"]["service_path"]

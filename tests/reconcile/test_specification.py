"""Every answer is as the JSON schemas of the specification have it, and its examples are understood."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reconcile.asking import post, query
from tests.reconcile.schemas import FOLDER, examples, mistakes
from tests.server.servers import Server

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the schemas of the specification are not at {FOLDER}"
)
BATCH = {
    "q0": query("دينغ", "person", date=2011),
    "q1": query("Guinea"),
    "q2": query("nothing is called this"),
    "q3": {"properties": [{"pid": "country", "v": {"id": "place/senegal", "name": "Senegal"}}], "limit": 3},
}
EXTEND = {
    "ids": ["place/nigeria", "mission/2011-berlin", "person/adama-dieng", "place/atlantis"],
    "properties": [
        {"id": name}
        for name in ("date", "country", "kind", "within", "post", "wikidata", "latitude", "other", "m49")
    ],
}
ANSWERS = {
    "manifest": ("/reconcile", "manifest"),
    "entities": ("/reconcile/suggest/entity?prefix=gu", "suggest-entities-response"),
    "types": ("/reconcile/suggest/type?prefix=p", "suggest-types-response"),
    "properties": ("/reconcile/suggest/property?prefix=co", "suggest-properties-response"),
    "proposal": ("/reconcile/extend/propose?type=place&limit=3", "data-extension-property-proposal"),
}


@pytest.mark.parametrize(("address", "schema"), ANSWERS.values(), ids=ANSWERS.keys())
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_as_its_schema_says(server: Server, address: str, schema: str, language: str) -> None:
    document = server.http.get(address, headers={"Accept-Language": language}).json()

    assert mistakes(document, schema) == []
    assert mistakes({}, schema) != []


def test_candidates_and_values_are_as_their_schemas_say(server: Server) -> None:
    results = post(server, BATCH).json()
    values = server.http.post("/reconcile", data={"extend": json.dumps(EXTEND)}).json()

    assert all(results[key]["result"] for key in ("q0", "q1", "q3")) and results["q2"] == {"result": []}
    assert mistakes(results, "reconciliation-result-batch") == []
    assert mistakes(values, "data-extension-response") == []
    assert mistakes(BATCH, "reconciliation-query-batch") == mistakes(EXTEND, "data-extension-query") == []


@pytest.mark.parametrize(
    "path", examples("reconciliation-query-batch", "invalid"), ids=lambda path: path.stem
)
def test_a_batch_that_the_specification_calls_invalid_is_refused(server: Server, path: Path) -> None:
    answer = post(server, path.read_text(encoding="utf-8"))

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("path", examples("reconciliation-query-batch", "valid"), ids=lambda path: path.stem)
def test_a_batch_of_the_specification_is_answered_once_its_properties_are_ours(
    server: Server, path: Path
) -> None:
    batch: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for told in batch.values():
        for asked in told.get("properties", []):
            asked["pid"] = "other"

    answer = post(server, batch)

    assert answer.status_code == 200, answer.text
    assert answer.json().keys() == batch.keys()

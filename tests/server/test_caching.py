"""What is not asked again: entity tags, 304, encodings; and what must not be kept."""

import gzip
import subprocess
import sys
from pathlib import Path

import brotli
import httpx
import pytest
import zstandard

from tests.cases import some
from tests.server.servers import DATA, MILLION, TOKEN, Server, publish

QUERY = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o LIMIT 200"
FORM = "application/x-www-form-urlencoded"


def raw(server: Server, query: str, encoding: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """A response and its body as it was sent, still encoded."""
    given = {"Accept": "text/csv", "Accept-Encoding": encoding, **headers}
    with server.http.stream("GET", "/sparql", params={"query": query}, headers=given) as response:
        return response, b"".join(response.iter_raw())


def decode(content: bytes, encoding: str) -> bytes:
    match encoding:
        case "gzip":
            return gzip.decompress(content)
        case "br":
            return bytes(brotli.decompress(content))
        case "zstd":
            return zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return content


def test_the_same_question_has_the_same_tag_and_the_same_answer(server: Server) -> None:
    first, second = server.ask(QUERY), server.ask(QUERY)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"].startswith('W/"')
    assert "no-cache" in first.headers["Cache-Control"]
    assert {"Accept", "Accept-Encoding"} <= set(first.headers["Vary"].split(", "))


def test_the_second_answer_comes_from_the_cache(server: Server) -> None:
    query = f"{QUERY} # not asked by any other test"
    server.ask(query)
    before = server.metric("unmissions_cache_hits_total")
    server.ask(query)
    assert server.metric("unmissions_cache_hits_total") == before + 1


@pytest.mark.parametrize("condition", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_answer_gets_304_without_a_body(server: Server, condition: str) -> None:
    tag = server.ask(QUERY).headers["ETag"]
    known = {"If-None-Match": condition.format(tag.removeprefix("W/"))}
    response, body = raw(server, QUERY, "identity", **known)
    again, _ = raw(server, QUERY, "gzip, deflate, br, zstd", **known)
    assert 304 in (response.status_code, again.status_code)
    assert again.headers["ETag"] == tag
    assert body == b"" or response.status_code == 200


def test_a_tag_is_known_again_though_nobody_asked_before(server: Server) -> None:
    query = f"{QUERY} # uncached"
    response, _ = raw(server, query, "gzip")
    tag = response.headers["ETag"]
    by_post = {"Content-Type": FORM, "If-None-Match": tag}
    assert server.http.post("/sparql", data={"query": query}, headers=by_post).status_code == 200
    before = server.metric("unmissions_cache_hits_total")
    response, body = raw(server, query, "gzip", **{"If-None-Match": tag, "Accept-Language": "uncached"})
    assert (response.status_code, body, response.headers["ETag"]) == (304, b"", tag)
    assert server.metric("unmissions_cache_hits_total") == before


def test_an_old_tag_gets_the_whole_answer(server: Server) -> None:
    response, body = raw(server, QUERY, "identity", **{"If-None-Match": '"of-yesterday"'})
    assert (response.status_code, bool(body)) == (200, True)


def test_each_format_and_each_encoding_has_a_tag_of_its_own(server: Server) -> None:
    formats = [server.ask(QUERY, accept) for accept in ("text/csv", "application/json", "application/xml")]
    encodings = [raw(server, QUERY, encoding)[0] for encoding in ("identity", "gzip", "br", "zstd")]
    assert len({response.headers["ETag"] for response in formats}) == 3
    assert len({response.headers["ETag"] for response in encodings}) == 4


def test_two_questions_have_two_tags(server: Server) -> None:
    assert server.ask("ASK {}").headers["ETag"] != server.ask("ASK { ?s ?p ?o }").headers["ETag"]


@pytest.mark.parametrize(
    "expression",
    [
        "NOW()", "now()", "RAND()", "UUID()", "STRUUID()",
        "BNODE()", "nOw()", "COALESCE(?no, NOW())",
    ],
)  # fmt: skip
def test_what_is_new_each_time_is_not_kept(server: Server, expression: str) -> None:
    first, second = (server.ask(f"SELECT ({expression} AS ?x) {{}}", "text/csv") for _ in range(2))
    assert first.content != second.content
    assert (first.headers["Cache-Control"], "ETag" in first.headers) == ("no-store", False)


def test_a_mistake_is_not_kept(server: Server) -> None:
    response = server.ask("SELECT")
    assert (response.headers["Cache-Control"], "ETag" in response.headers) == ("no-store", False)


def test_a_write_makes_the_kept_answer_unreachable(writable: Server, graph: str) -> None:
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    before = [writable.ask(query) for _ in range(2)][1]
    writable.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> 7 }} }}")
    condition = {"If-None-Match": before.headers["ETag"], "Accept": "text/csv"}
    after = writable.http.get("/sparql", params={"query": query}, headers=condition)
    assert (after.status_code, after.text.split()) == (200, ["o", "7"])


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("query", ["ASK {}", QUERY, f"{MILLION} LIMIT 100000"])
def test_every_encoding_decodes_to_the_same_bytes(server: Server, query: str, encoding: str) -> None:
    """Small answers, larger ones, and those that stream."""
    _, plain = raw(server, query, "identity")
    for _ in range(2):
        response, body = raw(server, query, encoding)
        assert decode(body, response.headers.get("Content-Encoding", "")) == plain
        assert response.headers.get("Content-Encoding", "none") in (encoding, "none")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("gzip;q=0.5, br", "br"),
        ("gzip;q=0, identity", None), ("identity", None), ("", None), ("compress", None), ("*;q=0", None),
    ],
)  # fmt: skip
def test_the_encoding_is_one_that_the_client_takes(
    server: Server, accepted: str, expected: str | None
) -> None:
    response, _ = raw(server, QUERY, accepted)
    assert response.headers.get("Content-Encoding") == expected


def test_another_release_has_another_tag(writable: Server) -> None:
    before = writable.ask("ASK {}")
    publish(writable.store, "<urn:graph:tag> { <urn:s> <urn:p> 1 }")
    after = writable.ask("ASK {}")
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.headers["UN-Missions-Release"] != after.headers["UN-Missions-Release"]


def test_an_answer_to_a_bearer_is_the_one_that_all_get(writable: Server) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "text/csv"}
    response = writable.http.get("/sparql", params={"query": "SELECT (1 AS ?x) {}"}, headers=headers)
    assert response.content == writable.ask("SELECT (1 AS ?x) {}").content


def asked_meanwhile(store: Path, address: str, accept: str) -> list[str]:
    """Who answers three times and how often the cache does; see the module."""
    command = [sys.executable, str(Path(__file__).with_name("meanwhile.py")), str(store), address, accept]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith(("200 ", "hits "))]


@pytest.mark.parametrize(
    ("address", "accept"),
    some(
        [
            ("/sparql?query=ASK%7B%7D", "*/*"),
            ("/queries", "text/html"),
            ("/queries", "*/*"),
            ("/sparql?query=ASK%7B%7D&release={}", "*/*"),
            ("/llms.txt", "*/*"),
            ("/queries?release={}", "*/*"),
        ],
    ),
)
def test_an_answer_is_of_the_release_that_was_asked_though_one_is_published_meanwhile(
    tmp_path: Path, address: str, accept: str
) -> None:
    """And is kept for that one: else a newer answer would come once the release before answers again."""
    old = publish(tmp_path, DATA).id
    *answers, hits = asked_meanwhile(tmp_path, address.format(old), accept)
    assert (answers, hits) == ([f"200 {old}"] * 3, "hits 2")

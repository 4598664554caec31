"""Which release answers: the newest, without a restart, or the one that is asked for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from tests.server.servers import DATA, Server, Start, publish, until

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:one> { ?s ?p ?o } }"


def test_an_answer_says_which_release_it_is_from(server: Server) -> None:
    release = server.http.get("/health").json()["release"]
    headers = server.ask("ASK {}").headers
    assert headers["UN-Missions-Release"] == release
    assert release in headers["Link"]


@pytest.mark.parametrize("named_by", ["id", "number"])
def test_an_earlier_release_can_be_asked(writable: Server, graph: str, named_by: str) -> None:
    earlier = writable.ask("ASK {}").headers["UN-Missions-Release"]
    writable.put(graph, "<urn:s> <urn:p> 1 .")
    query = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    name = earlier if named_by == "id" else earlier.partition("-")[0]
    assert writable.ask(query).text.strip() == "true"
    then = writable.ask(query, release=name)
    assert (then.text.strip(), then.headers["UN-Missions-Release"]) == ("false", earlier)


@pytest.mark.parametrize("release", ["999999", "no-such", "../releases", "1-000000000000", "."])
def test_a_release_that_is_not_there_is_not_found(server: Server, release: str) -> None:
    response = server.ask("ASK {}", release=release)
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (404, "no-release")


def test_the_release_of_a_day_can_be_asked_and_is_no_other_once_there_is_a_newer(start: Start) -> None:
    with start() as server:
        first = server.ask("ASK {}").headers["UN-Missions-Release"]
        (server.store / "history").write_text(f"2020-05-05T12:00:00+00:00 {first}\n", encoding="ascii")
        today = datetime.now(UTC).date().isoformat()
        for name in ("2020-05-05", today):
            assert server.rows(COUNT, release=name) == ["2"]
        publish(server.store, "<urn:one> { <urn:s> <urn:p> 3 }")
        then, now = (server.ask(COUNT, release=name) for name in ("2021-01-01T00:00:00Z", today))
        assert (then.text.split()[1], then.headers["UN-Missions-Release"]) == ("2", first)
        assert now.text.split()[1] == "3"
        before = server.ask("ASK {}", release="2020-05-04")
        assert (before.status_code, before.json()["detail"]) == (
            404,
            "Nothing had been published yet at that time: 2020-05-04.",
        )


def test_a_release_published_beside_is_served_without_a_restart(start: Start) -> None:
    with start() as server:
        assert server.rows(COUNT) == ["2"]
        release = publish(server.store, "<urn:one> { <urn:s> <urn:p> 3 }")
        answer = server.ask(COUNT)
        assert (answer.text.split()[1], answer.headers["UN-Missions-Release"]) == ("3", release.id)
        assert server.http.get("/health").json()["release"] == release.id


@pytest.mark.matrix
def test_no_query_is_dropped_while_releases_change(start: Start) -> None:
    with start("--default-graph", "unnamed") as server, ThreadPoolExecutor(4) as pool:
        writing = pool.submit(lambda: [server.put("urn:a", f"<urn:s> <urn:p> {n} .") for n in range(6)])

        def ask() -> list[int]:
            statuses: list[int] = []
            while not writing.done():
                statuses.append(server.ask(f"ASK {{ FILTER({len(statuses)} >= 0) }}").status_code)
            return statuses

        asking = [pool.submit(ask) for _ in range(3)]
        assert all(response.is_success for response in writing.result())
        assert {status for each in asking for status in each.result()} == {200}


def test_two_servers_on_one_store_see_the_writes_of_both(start: Start) -> None:
    with start() as one, start(store=one.store) as other:
        assert one.put("urn:a", "<urn:s> <urn:p> 1 .").status_code == 201
        assert other.objects("urn:a") == ["1"]
        assert other.put("urn:a", "<urn:s> <urn:p> 2 .").status_code == 204
        assert one.objects("urn:a") == ["2"]


def test_a_settled_release_is_held_in_memory_and_answers_the_same(start: Start) -> None:
    with start(in_memory=True) as server:
        before = server.rows("SELECT ?o { <urn:all> <urn:p> ?o }")
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        assert server.rows("SELECT ?o { <urn:all> <urn:p> ?o } # again") == before
        assert server.update("INSERT DATA { <urn:all> <urn:p> 1 }").is_success
        after = server.rows("SELECT ?o { <urn:all> <urn:p> ?o }")
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        assert server.rows("SELECT ?o { <urn:all> <urn:p> ?o } # again") == after != before


def test_a_damaged_release_is_passed_over_for_the_last_good_one(tmp_path: Path, start: Start) -> None:
    good = publish(tmp_path, DATA)
    bad = publish(tmp_path, "<urn:one> { <urn:s> <urn:p> 3 }")
    name = next(name for name in bad.manifest.files if name.endswith(".sst"))
    content = (bad.path / name).read_bytes()
    (bad.path / name).unlink()  # which may be a link to the good one's
    (bad.path / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with start(store=tmp_path) as server:
        assert server.ask("ASK {}").headers["UN-Missions-Release"] == good.id
        assert "damaged" in server.log.read_text()


@pytest.mark.matrix
def test_a_page_names_the_release_that_it_shows(start: Start, tmp_path: Path) -> None:
    earlier, current = publish(tmp_path, DATA).id, publish(tmp_path, "<urn:s> <urn:p> 1 .").id
    with start(store=tmp_path, token="") as server:
        for address, name in product(("/", "/queries"), ("", earlier)):
            shown, other = (earlier, current) if name else (current, earlier)
            page = server.http.get(address, params={"release": name}, headers={"Accept": "text/html"})
            assert f">{shown}</bdi>" in page.text and f">{other}</bdi>" not in page.text

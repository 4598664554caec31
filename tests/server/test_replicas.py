"""Servers that follow a primary, or read another server's directory: what they take over, and leave to it."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from loader.release.releases import Releases
from tests.server.servers import BEARER, DATA, Server, Start, publish, until


@pytest.fixture(scope="module")
def primary(start: Start) -> Iterator[Server]:
    """What is written here answers a second later."""
    with start("--activate-in", 1) as running:
        yield running


@pytest.fixture(scope="module")
def replica(primary: Server, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It has no store of its own when it starts."""
    flags = ("--follow", primary.url, "--follow-every", 0.1, "--primary", primary.url)
    with start(*flags, store=tmp_path_factory.mktemp("replica") / "store") as running:
        yield running


def release_of(server: Server) -> str:
    return str(server.http.get("/health").json()["release"])


@pytest.mark.matrix
def test_a_replica_switches_at_the_instant_at_which_its_primary_does(
    primary: Server, replica: Server, graph: str
) -> None:
    seen: list[tuple[str, str]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append((release_of(primary), release_of(replica)))

    looking = threading.Thread(target=look)
    looking.start()
    before = release_of(primary)
    assert primary.put(graph, "<urn:s> <urn:p> 1 .").status_code == 201
    after = release_of(primary)
    assert until(lambda: release_of(replica) == after)
    done.set()
    looking.join()

    assert replica.objects(graph) == ["1"]
    assert (before, before) in seen
    manifest = json.loads((replica.store / "current/manifest.json").read_text())
    assert datetime.fromisoformat(manifest["activate"]) > datetime.fromisoformat(manifest["written"])


def test_what_writes_is_led_to_the_primary(primary: Server, replica: Server) -> None:
    for method, address in (("PUT", "/graphs?graph=urn%3Ag"), ("POST", "/update"), ("POST", "/links")):
        answer = replica.http.request(method, address, content=b"x" * 3_000_000, headers=BEARER)
        assert answer.status_code == 307 and answer.headers["location"] == primary.url + address
    assert replica.http.get("/s/abcdefghij").headers["location"] == f"{primary.url}/s/abcdefghij"


def test_a_release_that_is_still_to_come_is_worth_waiting_for(primary: Server, replica: Server) -> None:
    for name in ("999", "999-0123456789ab"):
        late = replica.ask("ASK {}", "application/json", release=name)
        assert late.status_code == 503 and late.headers["retry-after"] == "1"
        assert primary.ask("ASK {}", "application/json", release=name).status_code == 404
    assert replica.ask("ASK {}", "application/json", release="0").status_code == 404


def test_files_of_releases_are_for_those_who_bear_the_token(primary: Server) -> None:
    release = release_of(primary)
    for address in ("/releases/current", f"/releases/{release}/files/manifest.json"):
        assert primary.http.get(address).status_code == 401
        assert primary.http.get(address, headers=BEARER).status_code == 200


@pytest.mark.parametrize(
    "name", ["../../lock", "%2e%2e/%2e%2e/lock", "plain/../../lock", "//etc/passwd", "nothing", "plain"]
)
def test_nothing_else_of_the_disk_is_had_there(primary: Server, name: str) -> None:
    request = f"GET /releases/{release_of(primary)}/files/{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    answer = primary.send(f"{request}Authorization: {BEARER['Authorization']}\r\n\r\n".encode())
    assert answer.split(b"\r\n")[0].split()[1] in (b"404", b"308") and b"root:" not in answer


@pytest.mark.matrix
def test_a_replica_goes_on_without_its_primary_and_without_what_is_damaged(
    start: Start, tmp_path: Path
) -> None:
    releases = Releases(tmp_path / "store")
    sound, damaged = publish(releases.root, DATA), publish(releases.root, "<urn:one> { <urn:s> <urn:p> 2 }")
    (damaged.path / "lines/base.nq").write_text("")
    releases.point_to(sound)
    with start(store=releases.root) as source:
        flags = ("--follow", source.url, "--follow-every", 0.1, "--most-stale", 0.5)
        with start(*flags, store=tmp_path / "replica") as follower:
            before = release_of(follower)
            releases.point_to(damaged)
            assert until(lambda: f"release {damaged.id} is truncated" in follower.log.read_text())
            assert until(lambda: follower.http.get("/health/ready").status_code == 503)
            assert follower.rows("SELECT ?o { <urn:all> <urn:p> ?o }")
            source.stop()
            assert until(lambda: "does not answer" in follower.log.read_text())
            assert follower.ask("ASK {}").headers["un-missions-release"] == before
            assert follower.metric("unmissions_release_age_seconds") > 0


def test_a_shared_directory_is_only_read(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, DATA)
    there = sorted(path.relative_to(store) for path in store.rglob("*"))
    flags = ("--primary", "http://127.0.0.1:9", "--state", tmp_path / "state")
    with start(*flags, store=store) as reader:
        assert reader.http.get("/data/latest.nq.gz", follow_redirects=True).status_code == 200
        assert sorted(path.relative_to(store) for path in store.rglob("*")) == there
        assert list((tmp_path / "state/dumps").iterdir())
        second = publish(store, "<urn:one> { <urn:s> <urn:p> 2 }")
        assert until(lambda: release_of(reader) == second.id)

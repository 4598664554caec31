"""Releases that travel by `unmissions push` and `pull`: what is taken over, linked, or refused by name."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from loader.release.release import Release
from loader.release.releases import Releases
from tests.conftest import Command
from tests.server.servers import DATA, publish, until

pytestmark = pytest.mark.slow


@dataclass
class Places:
    """A store that is written to, a folder to which it is pushed, and a replica that pulls from there."""

    folder: Path
    run: Command

    def publish(self, number: int) -> Release:
        return publish(self.folder / "store", f"<urn:one> {{ <urn:s> <urn:p> {number} }}")

    def push(self) -> Result:
        return self.run("push", self.bucket, "--store", self.folder / "store")

    def pull(self, *flags: str, store: str = "replica") -> Result:
        return self.run("pull", self.bucket, "--store", self.folder / store, *flags)

    @property
    def bucket(self) -> Path:
        return self.folder / "bucket"

    @property
    def replica(self) -> Releases:
        return Releases(self.folder / "replica")

    def answering(self) -> str:
        """The release that answers on the replica, of which everything is as it was written."""
        current = self.replica.current()
        assert current
        current.verify()
        return current.id

    def file(self, release: Release, name: str) -> Path:
        return self.bucket / "releases" / release.id / "files" / name


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, unmissions: Command) -> Path:
    """The replica has the first release."""
    folder = tmp_path_factory.mktemp("prepared")
    publish(folder / "store", DATA)
    found = Places(folder, unmissions)
    assert found.push().exit_code == 0
    assert found.pull().exit_code == 0
    return folder


@pytest.fixture
def places(tmp_path: Path, prepared: Path, unmissions: Command) -> Places:
    return Places(Path(shutil.copytree(prepared, tmp_path / "places", symlinks=True)), unmissions)


def test_a_release_travels_by_its_files_and_what_is_there_is_linked(places: Places) -> None:
    first, second = places.replica.current(), places.publish(2)
    assert places.push().exit_code == 0
    pulled = places.pull()

    assert first and pulled.exit_code == 0
    assert f"release {second.id} answers now: " in pulled.stdout
    assert places.answering() == second.id
    stores = (places.replica.directory / second.id).rglob("*.sst")
    assert any(path.stat().st_nlink > 1 for path in stores)
    assert f"release {second.id} answers already" in places.pull().stdout


def test_several_releases_may_be_skipped(places: Places) -> None:
    last = [places.publish(number) for number in range(3)][-1]
    assert places.push().exit_code == 0
    assert places.pull().exit_code == 0
    assert places.answering() == last.id


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("name", "harm", "told"),
    [
        ("lines/base.nq", spoil, "is damaged: lines/base.nq is not as its manifest says"),
        ("lines/base.nq", cut, "is truncated: lines/base.nq ends 1 bytes too early"),
        ("manifest.json", cut, "is damaged: its manifest is not the one that is offered"),
        ("lines/base.nq", Path.unlink, "is not there"),
    ],
    ids=["damaged", "truncated", "manifest", "missing"],
)
def test_what_is_not_whole_is_refused_and_the_own_release_goes_on(
    places: Places, name: str, harm: Callable[[Path], None], told: str
) -> None:
    before, second = places.answering(), places.publish(2)
    assert places.push().exit_code == 0
    harm(places.file(second, name))
    pulled = places.pull()

    assert pulled.exit_code == 1
    assert told in pulled.stderr and second.id in pulled.stderr
    assert f"release {before} goes on answering" in pulled.stderr
    assert places.answering() == before
    assert [path.name for path in places.replica.directory.iterdir()] == [before]


def test_an_older_release_is_taken_only_on_purpose(places: Places) -> None:
    first = places.answering()
    second = places.publish(2)
    assert places.push().exit_code == places.pull().exit_code == 0
    assert places.run("rollback", "--store", places.folder / "store").exit_code == 0
    assert places.push().exit_code == 0

    refused = places.pull()
    assert refused.exit_code == 1
    assert f"release {first} is refused, release {second.id} goes on answering: it is older" in refused.stderr
    assert places.pull("--rollback").exit_code == 0
    assert places.answering() == first


def test_a_fork_is_refused(places: Places) -> None:
    shutil.copytree(places.folder / "store", places.folder / "other", symlinks=True)
    theirs = publish(places.folder / "other", "<urn:one> { <urn:s> <urn:p> 'theirs' }")
    places.publish(2)
    assert places.push().exit_code == places.pull().exit_code == 0
    before = places.answering()
    assert places.run("push", places.bucket, "--store", places.folder / "other").exit_code == 0

    refused = places.pull()
    assert refused.exit_code == 1 and theirs.id in refused.stderr and "it is of a fork" in refused.stderr
    assert places.answering() == before


def test_a_release_of_another_store_is_refused(places: Places) -> None:
    before = places.answering()
    theirs = [publish(places.folder / "other", DATA) for _ in range(2)][-1]
    assert places.run("push", places.bucket, "--store", places.folder / "other").exit_code == 0

    refused = places.pull()
    assert refused.exit_code == 1 and f"release {theirs.id} is refused" in refused.stderr
    assert "it is foreign, none of its parents is one of ours" in refused.stderr
    assert places.answering() == before


@pytest.mark.parametrize("name", ["../../escaped", "/tmp/escaped", "plain/../../../escaped", "manifest.json"])
def test_a_file_that_would_lie_elsewhere_is_refused(places: Places, name: str) -> None:
    second = places.publish(2)
    assert places.push().exit_code == 0
    path = places.file(second, "manifest.json")
    manifest = json.loads(path.read_text())
    manifest["files"][name] = [0, hashlib.sha256(b"").hexdigest()]
    path.write_text(json.dumps(manifest))
    offer = places.bucket / "releases/current"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    offer.write_text(json.dumps({"id": second.id, "manifest": digest}))

    refused = places.pull()
    assert refused.exit_code == 1
    assert f"release {second.id} is foreign: {name!r} is no file of a release" in refused.stderr


@pytest.mark.parametrize("offer", [b"", b"[]", b'{"id": "../1-a", "manifest": ""}', b'{"id": 1}'])
def test_what_is_no_offer_is_refused(places: Places, offer: bytes) -> None:
    (places.bucket / "releases/current").write_bytes(offer)
    refused = places.pull()
    assert refused.exit_code == 1 and "is foreign" in refused.stderr


def test_a_file_that_the_disk_spoilt_is_fetched_again(places: Places) -> None:
    first = places.replica.current()
    assert first
    second = places.publish(2)
    assert places.push().exit_code == 0
    for path in (first.path / "plain").glob("*.sst"):
        spoil(path)

    assert places.pull().exit_code == 0
    assert places.answering() == second.id


def test_a_damaged_release_is_offered_to_nobody(places: Places) -> None:
    second = places.publish(2)
    cut(second.path / "lines/base.nq")
    offer = (places.bucket / "releases/current").read_bytes()

    pushed = places.push()
    assert pushed.exit_code == 1 and f"release {second.id} is damaged" in pushed.stderr
    assert (places.bucket / "releases/current").read_bytes() == offer


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("http://127.0.0.1:9", "does not answer"),
        ("s3://bucket/releases", "un-missions[s3]"),
        ("nowhere://x", "cannot be reached"),
        ("/no/such/folder", "is not there"),
    ],
)
def test_a_source_that_is_out_of_reach_is_named(
    source: str, told: str, unmissions: Command, tmp_path: Path
) -> None:
    pulled = unmissions("pull", source, "--store", tmp_path / "store")
    assert pulled.exit_code == 1 and source in pulled.stderr and told in pulled.stderr


KILLED = """
import sys
from pathlib import Path
from loader.release.releases import Releases
from loader.release.successor import succeed
releases = Releases(Path(sys.argv[1]), activate_in=600)
with releases.locked(), succeed(releases) as successor:
    successor.publish("test", view=True)
"""


def test_a_release_that_was_offered_answers_though_its_writer_was_killed(places: Places) -> None:
    store = Releases(places.folder / "store")
    before = store.current_id()
    with subprocess.Popen([sys.executable, "-c", KILLED, str(store.root)]) as writer:
        assert until(lambda: store.is_unfinished)
        offered = store.offered()
        writer.kill()
    assert offered and store.current_id() == before != offered.id

    assert places.run("pin", before, "--store", store.root).exit_code == 0
    assert store.current_id() == offered.id and not store.is_unfinished

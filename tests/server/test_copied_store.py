"""A store directory whose link `current` became a folder, as a copy that follows links makes it."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result

from loader.release.release import Release
from tests.cases import some
from tests.conftest import Command
from tests.server.servers import DATA, Start, publish

TOLD = "`current` was a folder, as after a copy that follows links; it is the link to release {} again"

ELSEWHERE = '{"id": "../../1-a", "written": "", "writer": "", "quads": 0, "files": {}}'


@pytest.fixture
def first(tmp_path: Path) -> Release:
    """The release of the original store that does not answer any more."""
    return publish(tmp_path / "original", DATA)


@pytest.fixture
def second(tmp_path: Path, first: Release) -> Release:
    """The release of the original store that answers."""
    return publish(tmp_path / "original", "<urn:one> { <urn:s> <urn:p> 3 }")


@pytest.fixture
def copied(tmp_path: Path, second: Release) -> Path:
    """A copy of the store, made by following its link."""
    return Path(shutil.copytree(tmp_path / "original", tmp_path / "copied", symlinks=False))


def in_order(store: Path, current: Release) -> bool:
    """Whether the link leads to a release, and nothing else lies there but lock and history."""
    names = sorted(path.name for path in store.iterdir())
    hidden = [path.name for path in (store / "releases").glob(".*")]
    is_right = str((store / "current").readlink()) == f"releases/{current.id}"
    return is_right and names == ["current", "history", "lock", "releases"] and not hidden


def test_a_copied_store_is_put_in_order_and_served(start: Start, copied: Path, second: Release) -> None:
    with start(store=copied) as server:
        assert server.http.get("/health").json()["release"] == second.id
        assert TOLD.format(second.id) in server.log.read_text()
        assert in_order(copied, second)
        assert server.put("urn:g", "<urn:s> <urn:p> 4 .").status_code == 201


@pytest.mark.matrix
def test_the_folder_becomes_the_release_that_was_not_copied(
    start: Start, copied: Path, second: Release
) -> None:
    shutil.rmtree(copied / "releases" / second.id)
    with start(store=copied) as server:
        assert server.objects("urn:one") == ["3", "in one", "shared"]
        assert in_order(copied, second)


@pytest.mark.matrix
def test_the_folder_replaces_a_release_that_was_damaged(start: Start, copied: Path, second: Release) -> None:
    _damage(copied / "releases" / second.id)
    with start(store=copied) as server:
        assert server.objects("urn:one") == ["3", "in one", "shared"]
        assert in_order(copied, second)


@pytest.mark.matrix
def test_a_folder_is_kept_aside_where_neither_it_nor_its_release_is_sound(
    start: Start, copied: Path, first: Release, second: Release
) -> None:
    _damage(copied / "releases" / second.id)
    _damage(copied / "current")
    with start(store=copied) as server:
        assert server.http.get("/health").json()["release"] == first.id
        told = server.log.read_text()
    assert "`current` was a folder of damaged files; it lies in current.1 now" in told
    assert f"release {second.id} is damaged" in told
    assert (copied / "current.1/manifest.json").is_file()


@pytest.mark.parametrize("manifest", some(["{", ELSEWHERE, "[]"]))
def test_a_folder_that_is_no_release_is_kept_aside(
    start: Start, copied: Path, second: Release, manifest: str
) -> None:
    (copied / "current/manifest.json").write_text(manifest)
    with start(store=copied) as server:
        assert server.http.get("/health").json()["release"] == second.id
        assert "`current` was a folder that is no release; it lies in current.1 now" in server.log.read_text()
    assert (copied / "current.1/manifest.json").read_text() == manifest


def test_links_that_were_left_by_a_killed_process_are_removed_at_the_start(
    start: Start, tmp_path: Path, second: Release
) -> None:
    store = tmp_path / "original"
    (store / ".current.123").symlink_to(f"releases/{second.id}")
    with start(store=store):
        assert in_order(store, second)


@pytest.mark.parametrize("command", some(["build", "rollback", "load", "unload"]))
def test_every_command_that_writes_puts_a_copied_store_in_order(
    unmissions: Command, copied: Path, first: Release, second: Release, command: str, tmp_path: Path
) -> None:
    done = _run(unmissions, command, copied, tmp_path)
    assert TOLD.format(second.id) in done.stderr
    assert not list(copied.glob(".current*"))
    assert (copied / "current").is_symlink()
    assert first.id in (copied / "current").readlink().name or command != "rollback"


def _run(unmissions: Command, command: str, store: Path, folder: Path) -> Result:
    file = folder / "some.ttl"
    file.write_text("<urn:s> <urn:p> 5 .")
    more: dict[str, list[object]] = {
        "load": [file, "--dataset", "some"],
        "unload": ["none"],
        "build": ["--inputs", folder],
    }
    return unmissions(command, "--store", store, *more.get(command, []))


def test_commands_that_only_read_see_a_copied_store_as_it_was(
    unmissions: Command, copied: Path, second: Release
) -> None:
    listed = unmissions("releases", "--store", copied).stdout.splitlines()
    assert [line[:2] for line in listed] == ["  ", "* "]
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:one> { ?s ?p ?o } }"
    assert unmissions("query", "--store", copied, "-", text=count).stdout == "?n\n3\n"
    assert (copied / "current").is_dir() and not (copied / "current").is_symlink()


def test_a_hidden_file_among_the_releases_is_in_nobodys_way(
    unmissions: Command, tmp_path: Path, first: Release, second: Release
) -> None:
    store = tmp_path / "original"
    (store / "releases/.DS_Store").write_text("a file manager was here")
    assert unmissions("rollback", "--store", store).stdout == f"release {first.id} answers again\n"


def _damage(release: Path) -> None:
    file = next(release.glob("view/*.sst"))
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:-1])

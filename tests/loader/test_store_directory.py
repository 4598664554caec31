"""A store directory: immutable releases, one of which answers; every step is all or nothing."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.inputs import Inputs
from loader.release.manifest import EMPTY
from loader.release.mending import put_in_order
from loader.release.namespaces import BUILT_GRAPHS, BUILT_IN, graph_iri
from loader.release.release import DamagedRelease, Release
from loader.release.releases import KEEP, NoSuchRelease, Releases
from loader.release.statistic_terms import is_statistic
from loader.release.successor import succeed
from tests.cases import some
from tests.conftest import Command
from tests.loader.editing import keep_missions

ELSEWHERE = ox.NamedNode(graph_iri("dataset/elsewhere"))
A, B, C = (ox.NamedNode(f"http://example.org/{letter}") for letter in "abc")


def publish(releases: Releases, *quads: ox.Quad, inputs: dict[str, str] | None = None) -> Release:
    """A release made by hand: the data of the one before, and these quads; as if built from the inputs."""
    with releases.locked(), succeed(releases) as successor:
        successor.store.extend(quads)
        made_from = replace(EMPTY, inputs=inputs) if inputs else None
        return successor.publish("test", view=True, changes=made_from)


def publish_empty(releases: Releases, number: int, writer: str = "build") -> Release:
    with releases.locked():
        return releases.publish(releases.draft(), f"{number:012x}", replace(EMPTY, writer=writer))


def quads(path: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(path)))


@pytest.fixture(scope="module")
def few(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs with few missions, no saved queries and no shapes."""
    few = Path(shutil.copytree(inputs, tmp_path_factory.mktemp("few") / "inputs"))
    keep_missions(few)
    (few / "ontology/shapes.ttl").unlink()
    shutil.rmtree(few / "queries")
    return few


@pytest.fixture(scope="module")
def first(unmissions: Command, few: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What was built of them."""
    return _built(unmissions, few, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def second(unmissions: Command, few: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that held a data set from elsewhere before the same inputs were built into it."""
    store = tmp_path_factory.mktemp("second")
    publish(Releases(store), ox.Quad(A, B, C, ELSEWHERE), ox.Quad(A, B, C, ox.NamedNode(graph_iri("links"))))
    _built(unmissions, few, store)
    return store


def _built(unmissions: Command, inputs: Path, store: Path) -> Release:
    built = unmissions("build", "--store", store, "--inputs", inputs)
    assert built.exit_code == 0, built.stderr
    current = Releases(store).current()
    assert current
    return current


def test_the_same_inputs_give_the_same_id_and_the_same_quads(first: Release, second: Path) -> None:
    again = Releases(second).current()

    assert again
    assert again.id.partition("-")[2] == first.id.partition("-")[2]
    assert again.manifest.quads_sha256 == first.manifest.quads_sha256
    # What somebody has written beside it is counted apart from what the build makes.
    beside = {
        q for q in quads(again.plain) if q.graph_name == ELSEWHERE or "dataset/elsewhere" in str(q.subject)
    }
    assert beside and (quads(again.plain) - beside) ^ quads(first.plain) == set()


def test_a_graph_that_the_build_does_not_make_is_carried_over(second: Path) -> None:
    current = Releases(second).current()

    assert current
    assert ox.Quad(A, B, C, ELSEWHERE) in quads(current.plain)
    assert ox.Quad(A, B, C, ox.DefaultGraph()) in quads(current.view)


def test_a_graph_that_the_build_makes_is_replaced(second: Path) -> None:
    current = Releases(second).current()

    assert current
    assert ox.Quad(A, B, C, ox.NamedNode(graph_iri("links"))) not in quads(current.plain)


def test_a_build_that_changes_nothing_makes_no_release(
    unmissions: Command, inputs: Path, store: Path, release: Release
) -> None:
    built = unmissions("build", "--store", store, "--inputs", inputs)

    assert (built.exit_code, built.stdout) == (0, f"nothing has changed since release {release.id}\n")
    assert [r.id for r in Releases(store).all()] == [release.id]


@pytest.mark.parametrize("package", some(["pyoxigraph", "pyshacl", "rdflib"]))
def test_another_version_of_what_makes_the_triples_makes_a_new_release(
    unmissions: Command, few: Path, tmp_path: Path, package: str
) -> None:
    releases, inputs = Releases(tmp_path / "store"), Inputs(few).digests()
    publish(releases, inputs=inputs)
    same = unmissions("build", "--store", releases.root, "--inputs", few)
    publish(releases, inputs=inputs | {package: "0.0.1"})
    other = unmissions("build", "--store", releases.root, "--inputs", few)

    assert same.stdout.startswith("nothing has changed since release 1-")
    assert other.exit_code == 0, other.stderr
    assert other.stdout.startswith("release 3-")


def test_a_manifest_says_what_a_release_holds_and_from_which_inputs(release: Release, inputs: Path) -> None:
    manifest = json.loads((release.path / "manifest.json").read_text(encoding="utf-8"))
    text = inputs / "data/sources/key-missions-ar.txt"

    assert manifest["id"] == release.id == release.path.name
    assert (manifest["writer"], manifest["parent"]) == ("build", "")
    assert manifest["written"].endswith("+00:00")
    held = quads(release.plain)
    assert manifest["quads"] == len(held)
    assert sum(manifest["graphs"].values()) == len([quad for quad in held if not is_statistic(quad)])
    assert set(manifest["graphs"]) == {*BUILT_GRAPHS, *(f"dataset/{name}" for name in BUILT_IN)}
    assert manifest["inputs"] == Inputs(inputs).digests()
    assert (
        manifest["inputs"][text.relative_to(inputs).as_posix()]
        == hashlib.sha256(text.read_bytes()).hexdigest()
    )
    assert "loader/quotes.py" in manifest["inputs"]


def test_a_release_is_as_it_was_written(release: Release) -> None:
    release.verify()

    assert {name.partition("/")[0] for name in release.manifest.files} >= {"plain", "view"}


@pytest.mark.parametrize("damage", ["changed", "shortened", "removed"])
def test_a_damaged_file_of_a_release_is_noticed(tmp_path: Path, damage: str) -> None:
    release = publish(Releases(tmp_path), ox.Quad(A, B, C))
    file = max(release.plain.glob("*.sst"), key=lambda path: path.stat().st_size)
    content = file.read_bytes()
    file.unlink()
    if damage != "removed":
        file.write_bytes(content[:-1] + (bytes([content[-1] ^ 1]) if damage == "changed" else b""))

    with pytest.raises(DamagedRelease, match=f"release {release.id} is damaged: plain/{file.name} is not as"):
        release.verify()


def test_a_store_keeps_its_last_ten_releases(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for number in range(KEEP + 3):
        publish_empty(releases, number)

    assert KEEP == 10
    assert [release.number for release in releases.all()] == list(range(4, 14))


def test_ten_loads_push_out_no_build(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    writers = ["build", "build", *["load a", "unload a"] * 6, "write"]
    for number, writer in enumerate(writers):
        publish_empty(releases, number, writer)

    assert [release.number for release in releases.all()] == [1, 2, *range(5, 16)]


def test_a_pinned_release_is_kept_until_it_is_unpinned(unmissions: Command, tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = publish_empty(releases, 0)
    assert (
        unmissions("pin", "--store", tmp_path, "1").stdout
        == f"release {first.id} is kept until it is unpinned\n"
    )
    for number in range(KEEP + 2):
        publish_empty(releases, number)

    assert [release.number for release in releases.all()] == [1, *range(4, 14)]
    listed = unmissions("releases", "--store", tmp_path).stdout.splitlines()
    assert [line.endswith("pinned") for line in listed] == [True, *[False] * 10]

    assert unmissions("unpin", "--store", tmp_path, first.id).exit_code == 0
    again, unknown = (unmissions("unpin", "--store", tmp_path, name) for name in ("1", "99"))
    assert (again.exit_code, unknown.exit_code) == (2, 2)
    assert f"Release {first.id} is not pinned." in again.stderr and "'99'" in unknown.stderr
    publish_empty(releases, 99)
    assert releases.all()[0].number == 5


def test_what_starts_a_server_clears_what_no_writer_makes_any_more(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    with releases.locked():
        left = releases.draft()
        put_in_order(releases)
        assert left.exists()  # somebody is at work on it

    put_in_order(releases)

    assert not left.exists()


def test_a_half_built_release_is_removed_before_the_next(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    with releases.locked():
        left = releases.draft()
        (left / "plain").mkdir()

    release = publish_empty(releases, 1)

    assert not left.exists()
    assert sorted(p.name for p in releases.directory.iterdir()) == [release.id]


def test_a_successor_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = publish(releases, ox.Quad(A, B, C))

    with pytest.raises(ZeroDivisionError), releases.locked(), succeed(releases) as successor:
        successor.store.add(ox.Quad(B, B, B))
        raise ZeroDivisionError

    assert releases.current() == first
    assert [path.name for path in releases.directory.iterdir()] == [first.id]


def test_a_new_release_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = publish(releases, ox.Quad(A, B, C))
    second = publish(releases, ox.Quad(B, B, C))

    first.verify()

    assert second.manifest.parent == first.id
    assert (len(quads(first.plain)), len(quads(second.plain))) == (1, 2)


def test_a_release_is_found_by_its_id_or_number(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release = publish_empty(releases, 7)

    assert releases.get(release.id) == releases.get("1") == release
    with pytest.raises(NoSuchRelease, match="There is no release '2' in"):
        releases.get("2")


@pytest.fixture
def dated(tmp_path: Path, unmissions: Command) -> Releases:
    """Three releases of three days of 2020 – the second pinned, the first gone – and a rollback to it."""
    releases = Releases(tmp_path)
    names = [publish_empty(releases, number).id for number in range(3)]
    days = ("2020-01-10", "2020-01-20", "2020-01-30")
    lines = [f"{day}T12:00:00+00:00 {name}\n" for day, name in zip(days, names, strict=True)]
    rollback = f"2020-02-05T12:00:00+00:00 {names[1]}\n"
    (tmp_path / "history").write_text("".join([*lines, rollback]), encoding="ascii")
    shutil.rmtree(releases.get(names[0]).path)
    return releases


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2020-01-20", 2), ("2020-01-29", 2), ("2020-01-30", 3), ("2020-01-30T11:59:59Z", 2),
        ("2020-01-30T14:30:00+02:00", 3), ("2020-01-30T13:30:00 02:00", 2), ("2020-02-04T00:00:00", 3),
        ("2020-02-05", 2), ("2024-12-31", 2),
    ],
)  # fmt: skip
def test_a_release_is_found_by_the_day_or_moment_at_which_it_answered(
    dated: Releases, asked: str, number: int
) -> None:
    assert dated.get(asked).number == number


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2020-01-15", "The release that was current then is no longer kept: 2020-01-15."),
        ("2020-01-09", "Nothing had been published yet at that time: 2020-01-09."),
        ("2020-02-30", "2020-02-30 is not a real day or time."),
        ("2020-01-20T25:00:00", "2020-01-20T25:00:00 is not a real day or time."),
        ("9999-12-31", "9999-12-31 is in the future."),
    ],
)
def test_a_day_without_a_release_that_is_kept_is_told_as_such(
    dated: Releases, unmissions: Command, asked: str, told: str
) -> None:
    answer = unmissions("query", "--store", dated.root, "--release", asked, "-", text="ASK {}")

    assert answer.exit_code == 2 and told in answer.stderr


def test_what_answered_when_is_noted_by_whatever_lets_a_release_answer(
    unmissions: Command, tmp_path: Path
) -> None:
    releases = Releases(tmp_path)
    first, second = publish_empty(releases, 1), publish_empty(releases, 2)
    unmissions("rollback", "--store", tmp_path)

    noted = [line.split()[1] for line in (tmp_path / "history").read_text().splitlines()]
    assert noted == [first.id, second.id, first.id]
    assert releases.get(datetime.now(UTC).date().isoformat()) == first


def test_what_is_noted_of_releases_that_are_gone_stays_short(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for number in range(3 * KEEP):
        publish_empty(releases, number)

    assert len((tmp_path / "history").read_text().splitlines()) <= KEEP + 3


def test_without_such_notes_a_release_answered_since_it_was_written(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release = publish(releases, ox.Quad(A, B, C))
    (tmp_path / "history").unlink()

    assert releases.get(release.manifest.written) == release


def test_a_directory_without_a_readable_manifest_is_no_release(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    made = [publish_empty(releases, number) for number in range(5)]
    for release, text in zip(made, ("{", "[]", '{"files": 1}', '{"files": {}, "unknown": 1}'), strict=False):
        (release.path / "manifest.json").write_text(text, encoding="utf-8")

    assert [r.id for r in releases.all()] == [made[4].id]


def test_a_store_that_is_not_there_has_no_release(tmp_path: Path) -> None:
    assert Releases(tmp_path / "nothing").current() is None
    assert Releases(tmp_path / "nothing").all() == []


def test_rollback_lets_the_release_before_answer_and_back_again(unmissions: Command, tmp_path: Path) -> None:
    first, second, third = (publish(Releases(tmp_path), ox.Quad(A, B, ox.Literal(n))) for n in (1, 2, 3))

    def count() -> str:
        return unmissions(
            "query", "--store", tmp_path, "-", text="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        ).stdout

    assert unmissions("rollback", "--store", tmp_path).stdout == f"release {second.id} answers again\n"
    assert count() == "?n\n2\n"
    assert unmissions("rollback", "--store", tmp_path).stdout == f"release {first.id} answers again\n"
    assert unmissions("rollback", "--store", tmp_path, "3").stdout == f"release {third.id} answers again\n"
    assert count() == "?n\n3\n"
    assert unmissions("query", "--store", tmp_path, "--release", "1", "-", text="ASK {}").exit_code == 0


def test_rollback_says_where_it_cannot_go(unmissions: Command, tmp_path: Path) -> None:
    nothing = unmissions("rollback", "--store", tmp_path)
    release = publish_empty(Releases(tmp_path), 1)
    before = unmissions("rollback", "--store", tmp_path)
    unknown = unmissions("rollback", "--store", tmp_path, "9")

    assert [r.exit_code for r in (nothing, before, unknown)] == [2, 2, 2]
    assert f"There is no release in {tmp_path}." in nothing.stderr
    assert f"There is no release before {release.id}." in before.stderr
    assert f"There is no release '9' in {tmp_path}." in unknown.stderr


def test_releases_are_listed_with_the_one_that_answers(unmissions: Command, tmp_path: Path) -> None:
    first, second = (publish(Releases(tmp_path), ox.Quad(A, B, ox.Literal(n))) for n in (1, 2))
    unmissions("rollback", "--store", tmp_path)

    listed = unmissions("releases", "--store", tmp_path)

    assert listed.exit_code == 0
    lines = listed.stdout.splitlines()
    assert [line[:2] + line.split()[-1] for line in lines] == ["* test", "  test"]
    assert first.id in lines[0] and second.id in lines[1] and " 2 quads" in lines[1]


def test_a_store_can_be_moved(tmp_path: Path) -> None:
    publish(Releases(tmp_path / "here"), ox.Quad(A, B, C))
    shutil.move(tmp_path / "here", tmp_path / "there")

    moved = Releases(tmp_path / "there").current()

    assert moved and len(quads(moved.plain)) == 1
    moved.verify()

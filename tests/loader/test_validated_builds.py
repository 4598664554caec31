"""A mistake that only the whole graph shows stops the build; the old release still answers."""

import shutil
from pathlib import Path

import pytest

from loader.release.releases import Releases
from tests.conftest import Command
from tests.loader.editing import change

BERLIN = "data/missions/2011-berlin.ttl"
ASK = "ASK { <https://w3id.org/un-missions/mission/2011-berlin> a ?mission }"


@pytest.mark.matrix
def test_the_old_release_answers_after_a_refused_validation(
    unmissions: Command, project: Path, store: Path, tmp_path: Path
) -> None:
    old = shutil.copytree(store, tmp_path / "store", symlinks=True)
    release = Releases(old).current_id()
    line = change(project, BERLIN, "<mission/2011-berlin> a", "<mission/2011-berlin> a")
    change(project, BERLIN, "unm:role role:envoy", "unm:role role:speaker")

    built = unmissions("build", "--store", old, "--inputs", project)

    assert built.exit_code == 1
    assert f"{BERLIN}:{line}: <mission/2011-berlin>: A mission needs one participation" in built.stderr
    assert built.stderr.endswith(f"1 mistake; nothing was published, release {release} goes on answering.\n")
    assert Releases(old).current_id() == release and len(Releases(old).all()) == 1
    assert "true" in unmissions("query", "--store", old, "-", text=ASK).stdout

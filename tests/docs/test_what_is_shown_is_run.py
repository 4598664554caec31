"""Every block marked `run` is executed in a clone of the project, and the output shown below it is compared.

A block marked `fails` must end with an error; one with `file=…` is written to that file first; one marked
`beside` runs until the end of its page.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest

from loader.inputs import Inputs
from loader.release.releases import Releases

from .clone import Clone, make_clone
from .pages import ROOT, Block, blocks, mismatch, name, runnable_pages

pytestmark = pytest.mark.slow

# What these show changes the inputs or the releases, so each has a clone of its own; the others share one.
CHANGING = {
    "docs/how-to/add-a-mission.md",
    "docs/how-to/add-a-source.md",
    "docs/how-to/add-a-saved-query.md",
    "docs/how-to/join-another-dataset.md",
    "docs/how-to/load-another-data-set.md",
    "docs/how-to/map-a-table.md",
    "docs/how-to/run-it-for-others.md",
    "docs/how-to/run-several.md",
    "docs/how-to/use-another-engine.md",
    "docs/how-to/write-with-a-token.md",
}
# These build the whole graph more than once, or start servers of their own; `make heavy` follows them.
SLOWEST = {
    "docs/how-to/add-a-mission.md",
    "docs/how-to/add-a-saved-query.md",
    "docs/how-to/add-a-source.md",
    "docs/how-to/join-another-dataset.md",
    "docs/how-to/load-another-data-set.md",
    "docs/how-to/run-it-for-others.md",
    "docs/how-to/run-several.md",
    "docs/how-to/use-another-engine.md",
}
IN_TURN = [
    pytest.param(page, marks=pytest.mark.matrix if page in SLOWEST else []) for page in sorted(CHANGING)
]
READING = [page for page in runnable_pages() if name(page) not in CHANGING]
needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="the pages use curl, which is not there")


@pytest.fixture(scope="module")
def shared(inputs: Path, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    """A clone with a server, for pages that leave both as they are."""
    clone = make_clone(tmp_path_factory.mktemp("shared"), inputs, store)
    with clone.served():
        yield clone


@needs_curl
@pytest.mark.parametrize("page", READING, ids=name)
def test_a_page_shows_what_really_happens(page: Path, shared: Clone) -> None:
    before = _state(shared)
    _follow(shared, page)

    assert _state(shared) == before, f"{name(page)} changes what the next page reads: name it in CHANGING"


def _state(clone: Clone) -> tuple[dict[str, str], list[str]]:
    """The inputs, and the releases with the one that answers last."""
    releases = Releases(clone.root / "store")
    return Inputs(clone.root).digests(), [*(r.id for r in releases.all()), releases.current_id()]


@needs_curl
@pytest.mark.parametrize("page", IN_TURN)
def test_a_page_that_changes_something_shows_what_really_happens(
    page: str, inputs: Path, store: Path, tmp_path: Path
) -> None:
    clone, text = make_clone(tmp_path, inputs, store), (ROOT / page).read_text(encoding="utf-8")

    with clone.served() if "localhost:8000" in text else nullcontext():
        _follow(clone, ROOT / page)


def _follow(clone: Clone, page: Path) -> None:
    shown = list(blocks(page))
    with ExitStack() as beside:
        for block, next_block in zip(shown, [*shown[1:], Block((), "", 0)], strict=True):
            if "beside" in block.words:
                beside.enter_context(clone.beside(block.text))
            _do(clone, page, block, next_block)


def _do(clone: Clone, page: Path, block: Block, next_block: Block) -> None:
    if block.file:
        path = clone.root / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(clone.as_meant(block.text), encoding="utf-8")
    if "run" not in block.words:
        return
    done = clone.run(block.language, block.text)
    place = f"{name(page)}:{block.line}"

    assert (done.returncode != 0) == ("fails" in block.words), f"{place}\n{done.stdout}"
    if "output" in next_block.words:
        assert not (why := mismatch(next_block.text, done.stdout)), f"{place}\n{why}"


def test_an_ellipsis_stands_for_what_varies() -> None:
    assert not mismatch("release … published\n", "release 1-ab published\n")
    assert not mismatch("a\n…\nd\n", "a\nb\nc\nd\n")
    assert mismatch("a\nc\n", "a\nb\nc\n")
    assert mismatch("a … c\n", "a b\nc\n")

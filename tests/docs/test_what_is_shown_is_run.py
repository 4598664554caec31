"""Every block marked `run` is executed in a clone of its own, and the output shown below it is compared.

A block marked `fails` must end with an error; one with `file=…` is written to that file first.
"""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from .clone import Clone, make_clone
from .pages import Block, blocks, mismatch, name, runnable_pages


@pytest.mark.skipif(not shutil.which("curl"), reason="the pages use curl, which is not there")
@pytest.mark.parametrize("page", runnable_pages(), ids=name)
def test_a_page_shows_what_really_happens(page: Path, inputs: Path, store: Path, tmp_path: Path) -> None:
    clone = make_clone(tmp_path, inputs, store)
    shown = list(blocks(page))
    asks_server = any("run" in block.words and ":8000" in block.text for block in shown)

    with clone.served() if asks_server else nullcontext():
        for block, next_block in zip(shown, [*shown[1:], Block((), "", 0)], strict=True):
            _follow(clone, page, block, next_block)


def _follow(clone: Clone, page: Path, block: Block, next_block: Block) -> None:
    if block.file:
        path = clone.root / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
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

"""Whatever stands in a query, the look for its mistake ends soon, never fails, and blames nothing right."""

import random
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.inputs import PROJECT
from loader.query.mistakes.find import find_mistake
from loader.query.tokens import tokens
from server.prefixes import PREFIXES
from tests.programs.w3c import DEFAULT_SUITE

OURS = sorted((PROJECT / "queries").glob("*.rq"))
PIECES = [
    *"(){}[].,;*/+-!=<>?@^|&'\"\\~", "SELECT", "WHERE", "FILTER", "BIND", "AS", "VALUES", "GROUP", "BY",
    "ORDER", "DESC", "LIMIT", "UNION", "OPTIONAL", "COUNT", "STR", "EXISTS", "NOT", "IN", "a", "?x", "ex:a",
    "ex:", "<urn:a>", "'text'", "@en", "1", "1.5", "_:b", "PREFIX", "INSERT", "DELETE",
    "DATA", "<<", "“", "\u00a0",
    "LIKE", "SELCT",
]  # fmt: skip


def accepts(path: Path, text: str) -> bool:
    store = ox.Store()
    ask = store.query if path.suffix == ".rq" else store.update
    try:
        ask(text, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        pass
    return True


@pytest.mark.skipif(not DEFAULT_SUITE.is_dir(), reason=f"The W3C suite is not there: {DEFAULT_SUITE}")
def test_nothing_of_the_w3c_suite_that_the_engine_takes_is_blamed() -> None:
    paths = [path for ending in ("rq", "ru") for path in DEFAULT_SUITE.rglob(f"*.{ending}")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    taken = {path: text for path, text in texts.items() if accepts(path, text)}
    assert len(taken) > 400
    assert {
        path.name: str(found.remark) for path, text in taken.items() if (found := find_mistake(text, {}))
    } == {}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_queries_are_right_and_each_is_wrong_without_one_of_its_brackets(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert find_mistake(text, PREFIXES) is None
    for token in tokens(text):
        if token.kind == "punctuation" and token.text in "{}":
            assert find_mistake(text[: token.start] + text[token.end :], PREFIXES) is not None


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_any_words_and_signs_are_looked_at(text: str) -> None:
    found = find_mistake(text, PREFIXES)
    assert found is None or (0 <= found.offset <= len(text) and "%(" not in str(found.remark))


@given(st.integers())
def test_a_query_with_something_changed_is_looked_at(seed: int) -> None:
    chosen = random.Random(seed)
    text = chosen.choice(OURS).read_text(encoding="utf-8")
    pieces = list(tokens(text))
    for token in sorted(chosen.sample(pieces, 3), reverse=True, key=lambda token: token.start):
        text = text[: token.start] + chosen.choice(["", *PIECES]) + text[token.end :]
    found = find_mistake(text, PREFIXES)
    assert found is None or 0 <= found.offset <= len(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["'", '"""', "<", "((((", "\\", "{", "# ", "a:", "?a ?b ?c . ", "“", "a'\n"]
)
def test_the_longest_text_of_anything_is_looked_at_in_seconds(piece: str) -> None:
    text = "SELECT * { " + piece * (1_000_000 // len(piece))
    began = time.process_time()
    find_mistake(text, PREFIXES)
    assert time.process_time() - began < 10

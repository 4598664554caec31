"""Every refusal is of a kind that has a status and a title, and no kind is left over."""

import ast
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from server.refusal import KINDS, Refused
from tests.house.source import nodes


def strings() -> Iterator[str]:
    return (n.value for _, n in nodes() if isinstance(n, ast.Constant) and isinstance(n.value, str))


def kinds_refused() -> set[str]:
    calls = [node for _, node in nodes() if isinstance(node, ast.Call)]
    refused = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Refused"]
    kinds = [call.args[0] for call in refused]
    return {kind.value for kind in kinds if isinstance(kind, ast.Constant) and isinstance(kind.value, str)}


def test_every_kind_that_is_refused_has_a_status_and_a_title() -> None:
    assert "request" in kinds_refused()
    assert kinds_refused() <= set(KINDS)


def test_no_kind_stands_in_the_table_for_nothing() -> None:
    said = Counter(strings())
    assert not [kind for kind in KINDS if said[kind] < 2]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_in_its_problem_what_it_is(kind: str) -> None:
    problem = Refused(kind, "Because.", line=2, column=7, members={"nearest": ["a"]}).problem()

    assert problem["status"] == KINDS[kind][0] in {*map(int, HTTPStatus), 499}
    assert (problem["line"], problem["column"], problem["nearest"]) == (2, 7, ["a"])
    assert str(problem["type"]).endswith(f"/{kind}")


def test_there_is_no_refusal_of_a_kind_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="no kind of refusal 'whatever'"):
        Refused("whatever", "Because.")


def test_who_may_come_again_is_told_when() -> None:
    assert Refused("full", "Too many wait.", retry_after=5).headers == {"Retry-After": "5"}

"""Every refusal is of a kind that has a status and a title, and no kind is left over."""

import ast
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import get_args

import pytest

from loader.query.mistakes.mistake import Remark
from server.processes.outcomes import Work, from_death, from_outcome, to_outcome
from server.refusal import KINDS, Refused
from tests.house.source import nodes

# Refused as data whoever asks: what the front has not even read yet, and what programs reconcile.
NEVER_ON_A_PAGE = (
    *(f"server/front/{name}.py" for name in ("body", "received", "shell")),
    "server/reconcile/",
)


def strings() -> Iterator[str]:
    return (n.value for _, n in nodes() if isinstance(n, ast.Constant) and isinstance(n.value, str))


def refused() -> Iterator[tuple[str, ast.Call]]:
    """Every place where something is refused, with the path of its module."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
            yield path, node


def kinds_refused() -> set[str]:
    kinds = [call.args[0] for _, call in refused()]
    return {kind.value for kind in kinds if isinstance(kind, ast.Constant) and isinstance(kind.value, str)}


def test_every_kind_that_is_refused_has_a_status_and_a_title() -> None:
    assert "request" in kinds_refused()
    assert kinds_refused() <= set(KINDS)


def test_what_a_page_may_show_of_a_refusal_is_a_sentence_for_translators() -> None:
    """Words of others (an engine, an endpoint) are handed on by name; no sentence of ours is."""
    written = [(path, call.args[1]) for path, call in refused() if not path.startswith(NEVER_ON_A_PAGE)]
    in_english = (ast.JoinedStr, ast.Constant, ast.BinOp, ast.BoolOp)
    assert [f"{path}:{detail.lineno}" for path, detail in written if isinstance(detail, in_english)] == []


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


@pytest.mark.parametrize("work", get_args(Work))
@pytest.mark.parametrize("status", [-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGALRM, -signal.SIGKILL, 1])
def test_whatever_a_process_died_of_at_any_work_has_a_sentence(status: int, work: Work) -> None:
    refusal = from_death(status, work)
    assert work in refusal.detail and refusal.status == (400 if refusal.kind == "too-complex" else 503)


def test_what_is_told_across_processes_is_all_told() -> None:
    first = Remark("The %(what)s is wrong.", {"what": "text"}, then=Remark("Send another."))
    for remark in (first, replace(first, then=None)):
        told = from_outcome(to_outcome(Refused("request", remark)))
        assert told.detail == str(remark)

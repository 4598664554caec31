"""What a server remembers of its releases: made once, bounded, and of no other server."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.lru import Lru
from server.memory import MOST_RELEASES, Memory


def never() -> int:
    raise AssertionError("it is there already")


def test_a_value_is_made_once_while_others_wait_for_it() -> None:
    values: Lru[int] = Lru(3)
    everybody, made = threading.Barrier(8), []

    def make() -> int:
        made.append(1)
        threading.Event().wait(0.05)
        return len(made)

    def ask(_: int) -> int:
        everybody.wait()
        return values.get("key", make)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [1] * 8


def test_a_failure_is_not_remembered_and_who_waited_tries_too() -> None:
    values: Lru[int] = Lru(3)
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> int:
        begun.set()
        go_on.wait()
        raise OSError("no")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(values.get, "key", fail)
        begun.wait()
        second = threads.submit(values.get, "key", lambda: 7)
        go_on.set()
        assert second.result() == 7
        with pytest.raises(OSError, match="no"):
            first.result()
    assert values.get("key", never) == 7


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    values: Lru[str] = Lru(2)
    for key in ("a", "b", "a", "c"):
        values.get(key, lambda: "first")
    assert [values.get(key, lambda: "again") for key in ("a", "b")] == ["first", "again"]


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (lambda memory: memory.get("1-a", "size", "", never), 1),
        (lambda memory: memory.get("1-a", "name", "", lambda: "n"), "n"),
        (lambda memory: memory.get("2-b", "size", "", lambda: 2), 2),
    ],
    ids=["the same", "of another kind", "of another release"],
)
def test_a_value_is_of_its_release_and_kind(ask: Callable[[Memory], object], found: object) -> None:
    memory = Memory()
    memory.get("1-a", "size", "", lambda: 1)
    assert ask(memory) == found


def test_what_an_old_release_said_is_forgotten() -> None:
    memory = Memory()
    for number in range(MOST_RELEASES + 1):
        memory.get(str(number), "size", "", lambda: "first")
    assert memory.get("0", "size", "", lambda: "again") == "again"
    assert memory.get(str(MOST_RELEASES), "size", "", lambda: "again") == "first"


def test_two_servers_in_one_process_share_nothing() -> None:
    ours, theirs = Memory(), Memory()
    ours.get("1-a", "size", "", lambda: "ours")
    assert theirs.get("1-a", "size", "", lambda: "theirs") == "theirs"

"""Who may run when, how much of the readers' time one client gets, and what the cache keeps."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from server.engine.embedded.client_budget import Budget
from server.engine.lanes import Lane
from server.http.cache import MOST_BYTES_AN_ENTRY, Cache, Entry, matches

from server.engine.interface import Departure
from server.refusal import Refused
from tests.server.servers import until

pytestmark = pytest.mark.alone


def later(seconds: float = 10.0) -> float:
    return time.monotonic() + seconds


def _are_waiting(lane: Lane, number: int) -> bool:
    return lane.waiting == number


def test_places_go_round_between_the_clients() -> None:
    lane, order = Lane(1, 16), list[str]()
    lane.enter("first", later(), Departure())

    def wait(client: str) -> None:
        lane.enter(client, later(), Departure())
        order.append(client)
        lane.leave()

    with ThreadPoolExecutor(5) as pool:
        for number, client in enumerate(["greedy", "greedy", "greedy", "modest", "other"]):
            pool.submit(wait, client)
            assert until(partial(_are_waiting, lane, number + 1))
        lane.leave()
    assert order == ["greedy", "modest", "other", "greedy", "greedy"]
    assert (lane.waiting, lane.running) == (0, 0)


def test_a_full_queue_refuses_the_next() -> None:
    lane = Lane(1, 1)
    lane.enter("a", later(), Departure())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lane.enter, "b", later(), Departure())
        assert until(lambda: lane.waiting == 1)
        with pytest.raises(Refused) as caught:
            lane.enter("c", later(), Departure())
        lane.leave()
        waiting.result()
    assert (caught.value.kind, caught.value.retry_after > 0) == ("full", True)


def test_one_client_cannot_fill_the_queue_alone() -> None:
    lane = Lane(1, 4)
    lane.enter("a", later(), Departure())
    with ThreadPoolExecutor(2) as pool:
        for number in range(2):
            pool.submit(lane.enter, "greedy", later(), Departure())
            assert until(partial(_are_waiting, lane, number + 1))
        with pytest.raises(Refused) as caught:
            lane.enter("greedy", later(), Departure())
        lane.leave()
        lane.leave()
    assert caught.value.kind == "too-many"


def test_who_waits_past_the_deadline_is_refused_and_forgotten() -> None:
    lane = Lane(1, 4)
    lane.enter("a", later(), Departure())
    with pytest.raises(Refused) as caught:
        lane.enter("b", later(0.05), Departure())
    assert (caught.value.kind, lane.waiting) == ("full", 0)
    lane.leave()
    assert lane.try_enter()


def test_who_leaves_while_waiting_is_forgotten() -> None:
    lane, departure = Lane(1, 4), Departure()
    lane.enter("a", later(), Departure())
    threading.Timer(0.05, departure.happen).start()
    with pytest.raises(Refused) as caught:
        lane.enter("b", later(), departure)
    assert (caught.value.kind, lane.waiting) == ("gone", 0)


def test_every_place_is_given_back_whatever_happens() -> None:
    lane = Lane(2, 100)

    def pass_through(number: int) -> None:
        try:
            lane.enter(f"client {number % 5}", later(0.001 * (number % 7)), Departure())
        except Refused:
            return
        lane.leave()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(pass_through, range(500)))
    assert (lane.running, lane.waiting) == (0, 0)


def test_a_client_may_use_its_burst_and_then_waits() -> None:
    budget = Budget(burst=10, rate=0.5)
    budget.charge("a", 9)
    budget.check("a")
    budget.charge("a", 5)
    with pytest.raises(Refused) as caught:
        budget.check("a")
    assert caught.value.kind == "too-many"
    assert 6 <= caught.value.retry_after <= 8
    budget.check("b")


def test_time_comes_back_with_time() -> None:
    budget = Budget(burst=1, rate=100)
    budget.charge("a", 5)
    time.sleep(0.1)
    budget.check("a")


def entry(size: int, tag: bytes = b'"t"') -> Entry:
    return Entry(200, [(b"etag", tag)], b"x" * size)


def test_the_cache_forgets_what_was_not_asked_for_longest() -> None:
    cache = Cache(3500)
    for name in (b"a", b"b", b"c"):
        cache.put((name,), entry(1000))
    assert cache.get((b"a",))
    cache.put((b"d",), entry(1000))
    assert [cache.get((name,)) is not None for name in (b"a", b"b", b"c", b"d")] == [True, False, True, True]
    assert cache.size <= 3500


def test_the_cache_keeps_no_answer_that_is_too_large() -> None:
    cache = Cache(1 << 30)
    cache.put((b"a",), entry(MOST_BYTES_AN_ENTRY))
    assert (cache.get((b"a",)), cache.size) == (None, 0)


def test_the_cache_counts_the_question_too() -> None:
    cache = Cache(1000)
    for number in range(100):
        cache.put((b"%d" % number * 100,), entry(1))
    assert 0 < cache.size <= 1000


def test_a_kept_answer_can_be_replaced() -> None:
    cache = Cache(1000)
    cache.put((b"a",), entry(100))
    cache.put((b"a",), entry(50, b'"new"'))
    found = cache.get((b"a",))
    assert found is not None
    assert ((b"etag", b'"new"') in found.headers, len(found.body)) == (True, 50)
    assert cache.size < 100


@pytest.mark.parametrize(
    ("etag", "condition", "expected"),
    [
        (b'"a"', b'"a"', True),
        (b'"a"', b'W/"a"', True),
        (b'"a"', b'"b", "a"', True),
        (b'"a"', b"*", True),
        (b'"a"', b'"b"', False),
        (b'"a"', b"a", False),
        (b"", b"*", False),
        (b"", b"", False),
    ],
)
def test_a_condition_matches_as_http_says(etag: bytes, condition: bytes, expected: bool) -> None:
    assert matches(etag, condition) is expected

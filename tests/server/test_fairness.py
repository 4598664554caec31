"""Who may run when, how much of the workers' time one client gets, and what the cache keeps."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from server.front.cache import MOST_BYTES_AN_ENTRY, Cache, CachedAnswer, matches
from server.front.lanes import Lane
from server.refusal import Refused

pytestmark = pytest.mark.alone


async def enter(lane: Lane, client: str, seconds: float = 10.0) -> None:
    await lane.enter(client, asyncio.get_running_loop().time() + seconds)


async def waits(lane: Lane, client: str) -> "asyncio.Task[None]":
    """Lets a client stand in the queue, and comes back when it does."""
    before = lane.waiting
    task = asyncio.create_task(enter(lane, client))
    while lane.waiting == before:
        await asyncio.sleep(0)
    return task


async def refusal(entering: Awaitable[None]) -> Refused:
    with pytest.raises(Refused) as caught:
        await entering
    return caught.value


def in_a_loop(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """A test of lanes, which live on an event loop."""

    def run() -> None:
        async def limited() -> None:
            await asyncio.wait_for(test(), 30)

        asyncio.run(limited())

    return run


@in_a_loop
async def test_places_go_round_between_the_clients() -> None:
    lane, order = Lane(1, 16), list[str]()
    await enter(lane, "first")

    def note(client: str, _: "asyncio.Task[None]") -> None:
        order.append(client)
        lane.leave()

    waiting = []
    for client in ["greedy", "greedy", "greedy", "modest", "other"]:
        waiting.append(await waits(lane, client))
        waiting[-1].add_done_callback(partial(note, client))
    lane.leave()
    await asyncio.gather(*waiting)
    await asyncio.sleep(0)
    assert order == ["greedy", "modest", "other", "greedy", "greedy"]
    assert (lane.waiting, lane.running) == (0, 0)


@in_a_loop
async def test_a_full_queue_refuses_the_next() -> None:
    lane = Lane(1, 1)
    await enter(lane, "a")
    waiting = await waits(lane, "b")
    refused = await refusal(enter(lane, "c"))
    lane.leave()
    await waiting
    assert (refused.kind, refused.retry_after > 0) == ("full", True)


@in_a_loop
async def test_one_client_cannot_fill_the_queue_alone() -> None:
    lane = Lane(1, 4)
    await enter(lane, "a")
    mine = [await waits(lane, "greedy") for _ in range(2)]
    assert (await refusal(enter(lane, "greedy"))).kind == "too-many"
    other = await waits(lane, "modest")
    for _ in range(3):
        lane.leave()
    await asyncio.gather(*mine, other)


@in_a_loop
async def test_who_waits_past_the_deadline_is_refused_and_forgotten() -> None:
    lane = Lane(1, 4)
    await enter(lane, "a")
    assert ((await refusal(enter(lane, "b", 0.05))).kind, lane.waiting) == ("full", 0)
    lane.leave()
    assert lane.try_enter()


@in_a_loop
async def test_who_leaves_while_waiting_is_forgotten() -> None:
    lane = Lane(1, 4)
    await enter(lane, "a")
    waiting = await waits(lane, "b")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert lane.waiting == 0
    lane.leave()
    assert lane.try_enter()


@in_a_loop
async def test_who_leaves_as_its_turn_comes_gives_the_place_to_the_next() -> None:
    lane = Lane(1, 4)
    await enter(lane, "a")
    leaving, staying = await waits(lane, "b"), await waits(lane, "c")
    lane.leave()
    leaving.cancel()
    await asyncio.wait({leaving})
    await staying
    assert (leaving.cancelled(), lane.running) == (True, 1)
    lane.leave()
    assert (lane.waiting, lane.running) == (0, 0)


@in_a_loop
async def test_every_place_is_given_back_whatever_happens() -> None:
    lane = Lane(2, 100)

    async def pass_through(number: int) -> None:
        try:
            await enter(lane, f"client {number % 5}", 0.001 * (number % 7))
        except Refused:
            return
        try:
            await asyncio.sleep(0.0001 * (number % 3))
        finally:
            lane.leave()

    tasks = [asyncio.create_task(pass_through(number)) for number in range(500)]
    for task in tasks[::9]:
        task.cancel()
    for task in tasks[4::9]:
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.wait(tasks)
    assert (lane.running, lane.waiting) == (0, 0)


def entry(size: int, tag: bytes = b'"t"') -> CachedAnswer:
    return CachedAnswer(200, [(b"etag", tag)], b"x" * size)


def test_the_cache_forgets_what_was_not_asked_for_longest() -> None:
    cache = Cache(7000)
    for name in (b"a", b"b", b"c"):
        cache.put((name,), entry(1000))
    assert cache.get((b"a",))
    cache.put((b"d",), entry(1000))
    assert [cache.get((name,)) is not None for name in (b"a", b"b", b"c", b"d")] == [True, False, True, True]
    assert cache.size <= 7000


def test_the_cache_keeps_no_answer_that_is_too_large() -> None:
    cache = Cache(1 << 30)
    cache.put((b"a",), entry(MOST_BYTES_AN_ENTRY))
    assert (cache.get((b"a",)), cache.size) == (None, 0)


def test_the_cache_counts_the_question_too() -> None:
    cache = Cache(5000)
    for number in range(100):
        cache.put((b"%d" % number * 100,), entry(1))
    assert 0 < cache.size <= 5000


def test_a_kept_answer_can_be_replaced() -> None:
    cache = Cache(5000)
    cache.put((b"a",), entry(100))
    before = cache.size
    cache.put((b"a",), entry(50, b'"new"'))
    found = cache.get((b"a",))
    assert found is not None
    assert ((b"etag", b'"new"') in found.headers, len(found.body)) == (True, 50)
    assert cache.size == before - 50


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

"""What one client may take, of the time of workers and of short links: so much at once, then by and by."""

import time
from concurrent.futures import ThreadPoolExecutor

from server.token_bucket import MOST_CLIENTS, TokenBucket


def test_a_client_may_use_its_burst_and_then_waits() -> None:
    bucket = TokenBucket(burst=10, rate=0.5)
    bucket.take("a", 9)
    assert bucket.wait("a") == 0
    bucket.take("a", 5)
    assert 6 <= bucket.wait("a") <= 8
    assert bucket.wait("b") == 0


def test_what_was_taken_comes_back_with_time() -> None:
    bucket = TokenBucket(burst=1, rate=100)
    bucket.take("a", 5)
    time.sleep(0.1)
    assert bucket.wait("a") == 0


def test_who_finds_too_little_takes_nothing_of_it() -> None:
    bucket = TokenBucket(burst=2, rate=0.001)
    assert [bucket.try_take("a", 1) for _ in range(2)] == [0, 0]
    first, second = bucket.try_take("a", 1), bucket.try_take("a", 1)
    assert first == second > 900


def test_many_at_once_take_no_more_than_there_is() -> None:
    bucket = TokenBucket(burst=20, rate=0.001)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: bucket.try_take("a", 1), range(200)))
    assert waits.count(0) == 20


def test_of_many_clients_those_that_took_last_are_remembered() -> None:
    bucket = TokenBucket(burst=1, rate=0.001)
    for number in range(MOST_CLIENTS + 1):
        bucket.take(str(number), 1)
    assert bucket.wait("0", 1) == 0 < bucket.wait("1", 1)

"""What the front makes of what workers say, be it ever so wrong: one that was taken over harms nobody."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from server.front.reply import Reply
from server.front.traffic import Traffic
from server.processes.frames import (
    EXPLAINING,
    MOST_IN_FRAME,
    NETWORK,
    START,
    WHOLE,
    Headers,
    Malformed,
    Request,
    Spent,
    pack_answer,
    pack_end,
    pack_piece,
    read_frame,
)
from server.refusal import Refused
from tests.cases import some
from tests.server.puppets import Puppets, Script, shell
from tests.server.servers import DATA, TOKEN, publish

pytestmark = pytest.mark.slow

OK = pack_answer(WHOLE, 200, [(b"content-type", b"text/csv"), (b"content-length", b"2")], Spent(), b"ok")
CACHEABLE = (b"unmissions-cacheable", b"always")


def head(status: int = 200, name: bytes = b"x", value: bytes = b"y") -> bytes:
    return pack_answer(WHOLE, status, [(name, value)], Spent())


MALFORMED = {
    "nothing at all": b"",
    "a kind that there is not": b"?",
    "a head without its end": OK[:20],
    "headers longer than the frame": OK[:3] + b"\x7f" + OK[4:],
    "an informational status": head(101),
    "a status that there is not": head(999),
    "a carriage return": head(value=b"y\r"),
    "a null": head(value=b"\0"),
    "a name in capital letters": head(name=b"X"),
    "a name with a space": head(name=b"x y"),
    "a header without a name": head(name=b""),
    "a header of the connection": head(name=b"transfer-encoding", value=b"chunked"),
    "an end that is too short": b"E",
    "a failure that is no JSON": b"B{",
    "a failure that is nested without end": b"B" + b"[" * 100_000,
    "a failure of one part": b'B["timeout"]',
    "a failure that is none": b"Bnull",
}
NEVER_FIRST = {
    "a piece of no answer": pack_piece(b"x"),
    "the end of no answer": pack_end(Spent()),
    "a failure of no answer": b'B["no such kind", "x"]',
    "a wish for a network where nobody has one": bytes([NETWORK]),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_message_of_a_worker_is_known_as_such(name: str) -> None:
    with pytest.raises(Malformed):
        read_frame(MALFORMED[name])


def test_what_is_a_message_of_a_worker_is_read_to_the_byte() -> None:
    headers: Headers = [(b"content-type", "text/html; charset=ü".encode()), (b"link", b"<a>"), (b"link", b"")]
    frame = read_frame(pack_answer(START, 206, headers, Spent(2**40, 7), b"\0\n"))
    assert (frame.kind, frame.status, frame.headers) == (START, 206, headers)
    assert (frame.spent, frame.body) == (Spent(2**40, 7), b"\0\n")


@asynccontextmanager
async def puppets(store: Path, script: Script) -> AsyncIterator[Puppets]:
    """Workers with a script; when it is over, none may still be lent."""
    with ThreadPoolExecutor(4) as threads:
        pool = Puppets(store, script, threads)
        yield pool
        pool.close()
        await asyncio.sleep(0)
    assert pool.lent == 0


async def answer(traffic: Traffic, pool: Puppets, seconds: float = 10) -> Reply:
    request = Request(method="GET", path=b"/sparql", query_string=b"", headers=[], client="a")
    return await traffic.answer(pool, request, seconds, lambda: None)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(test(), 30)

    asyncio.run(limited())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    publish(tmp_path, DATA)
    return tmp_path


def in_turn(*answers: list[bytes]) -> tuple[Script, list[Request]]:
    """A script that answers each request with the next list of frames, and the requests that came."""
    left, came = iter(answers), list[Request]()
    lock = threading.Lock()

    def script(request: Request) -> list[bytes]:
        with lock:
            came.append(request)
            return next(left)

    return script, came


@pytest.mark.parametrize("frame", some([*list(MALFORMED.values())[1:], *NEVER_FIRST.values()], of=4))
def test_a_worker_that_answers_wrongly_is_ended_and_the_next_one_answers(small: Path, frame: bytes) -> None:
    script, _ = in_turn([frame], [OK])

    async def test() -> None:
        traffic = Traffic(2, 8, 120.0, 1 << 30)
        async with puppets(small, script) as pool:
            with pytest.raises(Refused) as caught:
                await answer(traffic, pool)
            assert (caught.value.kind, pool.idle) == ("unavailable", 0)
            assert (await answer(traffic, pool)).body == b"ok"
        assert (len(pool.started), set(traffic.gauges().values())) == (2, {0})

    run(test)


def test_a_worker_that_talks_without_end_before_it_answers_is_ended(small: Path) -> None:
    def script(_: Request) -> Iterator[bytes]:
        while True:
            yield bytes([EXPLAINING])

    async def test() -> None:
        async with puppets(small, script) as pool:
            with pytest.raises(Refused):
                await answer(Traffic(2, 8, 120.0, 1 << 30), pool, 1)

    run(test)


def test_a_worker_that_dies_of_an_explanation_is_followed_by_one_that_gives_none(small: Path) -> None:
    script, came = in_turn([bytes([EXPLAINING]), b""], [OK])

    async def test() -> None:
        async with puppets(small, script) as pool:
            assert (await answer(Traffic(2, 8, 120.0, 1 << 30), pool)).status == 200

    run(test)
    assert [request.is_bare for request in came] == [False, True]


@pytest.mark.parametrize("dies", [True, False])
def test_a_worker_that_dies_is_told_of_by_how_it_died(small: Path, dies: bool) -> None:
    script, _ = in_turn([b""] if dies else [pack_answer(START, 200, [], Spent()), b""])

    async def test() -> None:
        async with puppets(small, script) as pool:
            with pytest.raises(Refused) as caught:
                reply = await answer(Traffic(2, 8, 120.0, 1 << 30), pool)
                assert reply.rest is not None
                async for _ in reply.rest:
                    pass
            assert caught.value.kind == ("memory" if dies else "unavailable")

    run(test)


def test_a_worker_with_a_network_is_started_for_one_request_and_only_once(small: Path) -> None:
    wish = bytes([NETWORK])
    script, came = in_turn([wish], [OK], [wish], [wish])

    async def test() -> None:
        traffic = Traffic(2, 8, 120.0, 1 << 30, services=["http://other/"])
        async with puppets(small, script) as pool:
            assert (await answer(traffic, pool)).body == b"ok"
            with pytest.raises(Refused):
                await answer(traffic, pool)
            assert (pool.started, pool.idle) == ([False, True, False, True], 0)

    run(test)
    assert [request.may_use_network for request in came] == [False, True, False, True]


async def responses(
    store: Path, script: Script, *sent: httpx.Request, traffic: Traffic | None = None
) -> list[httpx.Response]:
    async with puppets(store, script) as pool:
        transport = httpx.ASGITransport(shell(store, pool, traffic or Traffic(2, 8, 120.0, 1 << 30)))
        async with httpx.AsyncClient(transport=transport) as client:
            return [await client.send(each) for each in sent]


def test_no_token_reaches_a_worker(small: Path) -> None:
    script, came = in_turn([OK], [OK], [OK])
    bearing = {"AUTHORIZATION": f"Bearer {TOKEN}", "Accept": "text/csv"}
    url = "http://localhost/sparql?query=ASK{}"
    sent = [
        httpx.Request("GET", url, headers=bearing),
        httpx.Request("POST", url, headers=bearing, content=b"ASK {}"),
        httpx.Request("GET", url, headers=[*bearing.items(), ("authorization", f"Basic {TOKEN}")]),
    ]

    async def test() -> None:
        assert {response.status_code for response in await responses(small, script, *sent)} == {200}

    run(test)
    assert [TOKEN.encode() in request.packed() for request in came] == [False] * 3
    assert dict(came[0].headers)[b"accept"] == b"text/csv"


def test_a_worker_that_answers_wrongly_is_told_of_as_a_problem_or_as_a_page(small: Path) -> None:
    script, _ = in_turn([b"?"], [b"?"])
    sent = [httpx.Request("GET", "http://x/missions", headers={"Accept": a}) for a in ("*/*", "text/html")]

    async def test() -> None:
        data, page = await responses(small, script, *sent)
        assert (data.status_code, page.status_code) == (503, 503)
        assert data.json()["type"].endswith("/unavailable")
        assert page.headers["Content-Type"].startswith("text/html")

    run(test)


def test_an_answer_in_pieces_that_is_short_enough_is_kept_whole(small: Path) -> None:
    length = 2 * MOST_IN_FRAME
    headers: Headers = [(b"content-length", b"%d" % length), CACHEABLE, (b"etag", b'"t"')]
    piece = pack_piece(b"x" * MOST_IN_FRAME)
    script, came = in_turn([pack_answer(START, 200, headers, Spent()), piece, piece, pack_end(Spent())])
    sent = [httpx.Request("GET", "http://x/missions") for _ in range(2)]

    async def test() -> None:
        assert [len(response.content) for response in await responses(small, script, *sent)] == [length] * 2

    run(test)
    assert len(came) == 1


def test_a_long_answer_that_the_client_has_ends_with_its_head(small: Path) -> None:
    def script(_: Request) -> Iterator[bytes]:
        yield pack_answer(START, 200, [(b"etag", b'"t"')], Spent())
        while True:
            yield pack_piece(b"x" * MOST_IN_FRAME)

    async def test() -> None:
        traffic = Traffic(2, 8, 120.0, 1 << 30)
        sent = [httpx.Request("GET", "http://x/void", headers={"If-None-Match": '"t"'}) for _ in range(20)]
        found = await responses(small, script, *sent, traffic=traffic)
        assert {response.status_code for response in found} == {304}
        assert set(traffic.gauges().values()) == {0}

    run(test)


def test_an_answer_that_is_longer_than_it_says_is_not_taken_in_without_end(small: Path) -> None:
    def script(_: Request) -> Iterator[bytes]:
        yield pack_answer(START, 200, [(b"content-length", b"9"), CACHEABLE], Spent())
        while True:
            yield pack_piece(b"x" * MOST_IN_FRAME)

    async def test() -> None:
        traffic = Traffic(2, 8, 120.0, 1 << 30)
        sent = httpx.Request("GET", "http://x/missions")
        [response] = await responses(small, script, sent, traffic=traffic)
        assert (response.status_code, set(traffic.gauges().values())) == (503, {0})

    run(test)


def test_who_leaves_while_a_worker_is_started_leaves_nothing_behind(small: Path) -> None:
    async def test() -> None:
        async with puppets(small, lambda _: [OK]) as pool:
            traffic = Traffic(2, 8, 120.0, 1 << 30)
            leaving = asyncio.create_task(answer(traffic, pool))
            await asyncio.sleep(0)
            leaving.cancel()
            await asyncio.wait({leaving})
            while pool.lent:
                await asyncio.sleep(0.01)
            assert (pool.idle, set(traffic.gauges().values())) == (0, {0})

    run(test)

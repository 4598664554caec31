"""Watches whether a client is still there, from when waiting for its answer begins to take time."""

import asyncio
from types import TracebackType
from typing import Self

from loader.query.mistakes.mistake import Remark
from server.http.asgi_types import Receive
from server.refusal import Refused


class Watch:
    """Cancels what goes on inside of it when the client leaves, which then ends with Refused `gone`.

    Most answers are there before it was worth to begin, so somebody says when.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watching: asyncio.Task[None] | None = None
        self._has_left = False

    def begin(self) -> None:
        """Watches from now on; may be said again."""
        if self._watching is None:
            work = asyncio.current_task()
            self._watching = asyncio.ensure_future(departure(self._receive))
            self._watching.add_done_callback(lambda watching: self._left(watching, work))

    def _left(self, watching: "asyncio.Task[None]", work: "asyncio.Task[object] | None") -> None:
        if not watching.cancelled() and work is not None:
            self._has_left = True
            work.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._watching is not None:
            self._watching.cancel()
        if self._has_left and isinstance(error, asyncio.CancelledError):
            if (work := asyncio.current_task()) is not None:
                work.uncancel()
            raise Refused("gone", Remark("The client left.")) from None


async def departure(receive: Receive) -> None:
    """Waits for the client to leave."""
    while (await receive())["type"] != "http.disconnect":
        continue

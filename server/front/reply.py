"""What a worker answered: all of it at once, or a long answer that comes in pieces."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from loader.query.mistakes.mistake import Remark
from server.front.loan import Loan
from server.front.worker import Gone, broken
from server.processes.frames import END, PIECE, Headers, Malformed
from server.refusal import Refused


@dataclass(kw_only=True)
class Reply:
    """What a worker answered: `body` is all of it, unless `rest` is to be iterated, then `close` called."""

    status: int
    headers: Headers
    body: bytes
    rest: AsyncGenerator[bytes, None] | None = None
    end: Callable[[], None] = lambda: None

    async def close(self) -> None:
        """Ends the work on it; a generator that was never begun would not."""
        if self.rest is not None:
            await self.rest.aclose()
        self.end()


class LongAnswer:
    """The pieces of a body, and the worker that makes them; `when_over` is called once, whatever ends it."""

    def __init__(self, loan: Loan, seconds: float, when_over: Callable[[], None]) -> None:
        self._loan, self._seconds, self._when_over = loan, max(1.0, seconds), when_over
        self._is_over = False

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Each piece of the body; the time that counts is that spent waiting for the worker."""
        try:
            while True:
                frame = await self._next()
                if frame is None:
                    self._loan.give_back()
                    return
                yield frame
        except Gone:
            raise Refused("unavailable", Remark("The answer broke off.")) from None
        except Malformed as error:
            raise broken(error) from None
        finally:
            self.end()

    async def _next(self) -> bytes | None:
        """A piece, or None at the end. Raises Refused, Gone and Malformed."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        frame = await self._loan.worker.frame(self._seconds)
        self._seconds -= loop.time() - began
        if frame is None:
            raise Refused(
                "timeout", Remark("The query reached its time limit while its answer was being sent.")
            )
        if frame.kind == END:
            return None
        if frame.kind != PIECE:
            raise frame.failure or Refused("unavailable", Remark("The answer broke off."))
        return frame.body

    def end(self) -> None:
        """Ends a worker that is still at work, and gives up the place."""
        self._loan.end()
        if not self._is_over:
            self._is_over = True
            self._when_over()

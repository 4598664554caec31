"""Says what long work is doing: a live line on a terminal, plain lines in a pipe."""

import time
from types import TracebackType

from rich.console import Console
from rich.status import Status


class Progress:
    """Announces the steps of one piece of work on standard error, each with the seconds it took."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._status: Status | None = None
        self._step = ""
        self._began = 0.0

    def __call__(self, step: str) -> None:
        """Ends the step before and begins this one."""
        self._end_step()
        self._step, self._began = step, time.monotonic()
        if self._console.is_terminal:
            self._status = self._console.status(step)
            self._status.start()

    def note(self, detail: str) -> None:
        """How far the step is; seen on a terminal only."""
        if self._status:
            self._status.update(f"{self._step}: {detail}")

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._end_step()
        elif self._status:
            self._status.stop()

    def _end_step(self) -> None:
        if self._status:
            self._status.stop()
        if self._step:
            seconds = time.monotonic() - self._began
            self._console.print(f"[green]✓[/green] {self._step} [dim]({seconds:.1f} s)[/dim]")
        self._step = ""

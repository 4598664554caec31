"""Starts granian on the ASGI shell."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

from server.settings import Settings

HEADER_MILLISECONDS = 10_000


def serve(settings: Settings) -> None:
    """Serves until a signal ends it; the server process reads the settings from the environment."""
    _export(settings)
    Granian(
        "server.front.serving:shell",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        websockets=False,
        backlog=2048,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=1 << 18),
        log_level="warning",  # type: ignore[arg-type]
        working_dir=Path.cwd(),
    ).serve()


def _export(settings: Settings) -> None:
    """Hands the settings on to the processes that are started from here."""
    for name, value in settings.model_dump(exclude_none=True).items():
        os.environ[f"UNMISSIONS_{name.upper()}"] = str(value)

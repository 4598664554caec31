"""What granian serves: the shell around the app on an embedded engine, as the environment sets it."""

import gc
import sys
from collections.abc import Callable

from server.app import create_app
from server.engine.embedded.engine import EmbeddedEngine, EngineSettings
from server.engine.worker.isolation import die_with_parent
from server.front.shell import Shell
from server.http.asgi_types import Message, header
from server.http.auth import bears
from server.http.cache import Cache
from server.http.requests import Requests
from server.logs import configure
from server.settings import MIB, Settings

READ_BODY = 1 << 20
SWITCH_SECONDS = 0.001  # how long a thread that only computes may keep the others waiting
WRITE_PATHS = ("/update", "/graphs")


def shell() -> Shell:
    """Makes everything from the environment, once a server process."""
    die_with_parent()  # else it would go on beside the one that is started next
    sys.setswitchinterval(SWITCH_SECONDS)
    settings = Settings()
    configure(settings.log_level)
    engine = EmbeddedEngine(settings.store, engine_settings(settings))
    cache, requests = Cache(settings.cache * MIB), Requests()
    app = create_app(engine, settings, cache, requests)
    gc.freeze()  # modules and templates are never garbage; without them a collection is short
    return Shell(
        app,
        cache,
        requests,
        lambda: engine.snapshot().id,
        _body_limit(settings),
        engine.close,
        settings.trusted_proxies,
    )


def _body_limit(settings: Settings) -> Callable[[Message], int]:
    """How many bytes a request may send: much only where it writes and bears the token."""
    token = settings.write_token
    most_read = max(READ_BODY, 3 * settings.query_bytes)  # a form may write three bytes for one

    def limit(scope: Message) -> int:
        if not scope["path"].startswith(WRITE_PATHS) or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return most_read
        authorized = bears(token, header(scope["headers"], b"authorization").decode("latin-1"))
        return settings.body * MIB if authorized else most_read

    return limit


def engine_settings(settings: Settings) -> EngineSettings:
    """What of the settings concerns the engine, in its units."""
    return EngineSettings(
        memory=settings.memory * MIB,
        in_memory=settings.in_memory * MIB,
        running=settings.workers,
        queue=settings.queue,
        burst=settings.burst,
        write_timeout=2 * settings.timeout,
        default_graph=settings.default_graph,
    )

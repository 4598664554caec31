"""What granian serves: the shell around workers and the app of the front, as the environment sets it."""

import gc
import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from loader.release.releases import Releases
from server.control_app import create_control_app
from server.engine.query_limits import VALUES_BYTES
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.front.cache import Cache
from server.front.control import ControlEngine
from server.front.current import Current, WorkerSettings
from server.front.follower import Follower
from server.front.metrics import CacheNumbers
from server.front.observed import AccessLog
from server.front.processes import Zygote
from server.front.requests import Requests
from server.front.shell import Mcp, Parts, Shell
from server.front.traffic import Traffic
from server.front.writes import Writes
from server.http.asgi_types import Message, header
from server.http.auth import bears
from server.logs import configure
from server.processes.isolation import die_with_parent
from server.settings import MIB, Settings

if TYPE_CHECKING:
    from server.engine.remote.engine import RemoteEngine
    from server.front.relay import Relay

READ_BODY = 1 << 20
SWITCH_SECONDS = 0.001  # how long a thread that only computes may keep the others waiting
WRITE_PATHS = ("/update", "/graphs")


def shell() -> Shell:
    """Makes everything from the environment, once a server process."""
    die_with_parent()  # else it would go on beside the one that is started next
    sys.setswitchinterval(SWITCH_SECONDS)
    settings = Settings()
    configure(settings.log_level)
    parts = _parts(settings)
    gc.freeze()  # modules and templates are never garbage; without them a collection is short
    return Shell(parts)


def _parts(settings: Settings) -> Parts:
    memory = settings.memory * MIB
    snapshots = Snapshots(Releases(settings.store), settings.is_replica)
    elsewhere = _elsewhere(settings)
    zygote = Zygote.start(settings.for_workers(elsewhere[1].path if elsewhere else ""))
    statistics, cache, requests = Statistics(), Cache(settings.cache * MIB), Requests()
    traffic = Traffic(settings.workers, settings.queue, settings.burst, memory, settings.allowed_services)
    current = Current(snapshots, zygote, _worker_settings(settings))
    arguments = (
        snapshots,
        zygote,
        Writes(zygote, settings),
        statistics,
        settings.default_graph == "union",
        lambda: zygote.has_forked,
        lambda: current.held,
        traffic.gauges,
        2 * settings.timeout + settings.activate_in,
    )
    engine = _remote_control(*elsewhere, *arguments) if elsewhere else ControlEngine(*arguments)
    return Parts(
        app=create_control_app(engine, settings, [requests, CacheNumbers(cache)], bool(settings.write_token)),
        current=current,
        traffic=traffic,
        cache=cache,
        requests=requests,
        statistics=statistics,
        log=AccessLog(_is_logged(settings.log_level)),
        body_limit=_body_limit(settings),
        shut_down=engine.close,
        follower=Follower(settings.follow),
        primary=settings.primary,
        seconds=settings.timeout,
        mcp=_mcp(settings),
        proxies=settings.trusted_proxies,
    )


def _worker_settings(settings: Settings) -> WorkerSettings:
    return WorkerSettings(
        memory=settings.memory * MIB,
        in_memory=settings.in_memory * MIB,
        is_union=settings.default_graph == "union",
        is_elsewhere=bool(settings.engine),
    )


def _remote_control(remote: "RemoteEngine", relay: "Relay", *as_control: object) -> ControlEngine:
    from server.front.remote_control import RemoteControl

    return RemoteControl(remote, relay, *as_control)


def _elsewhere(settings: Settings) -> "tuple[RemoteEngine, Relay] | None":
    """The engine that has the data where that is not here, and what leads workers to it; loaded only then."""
    if not settings.engine:
        return None
    from server.engine.remote.endpoint import endpoint_at
    from server.engine.remote.engine import RemoteEngine
    from server.front.relay import Relay

    endpoint = endpoint_at(settings.engine, settings.engine_credentials)
    return RemoteEngine(settings.store, endpoint, settings.default_graph), Relay(endpoint, settings.timeout)


def _mcp(settings: Settings) -> Mcp | None:
    """The tools for language models where they are wanted; what they need is loaded only then."""
    if not settings.mcp:
        return None
    from server.mcp.http import mcp_over_http

    return mcp_over_http(settings)


def _is_logged(level: str) -> Callable[[bool], bool]:
    """What the cache answers is logged only where everything is."""
    least = logging.getLevelNamesMapping()[level.upper()]
    return lambda from_cache: least <= (logging.DEBUG if from_cache else logging.INFO)


def _body_limit(settings: Settings) -> Callable[[Message], int]:
    """How many bytes a request may send: much only where it writes and bears the token."""
    token = settings.write_token
    # A form may write three bytes for one.
    most_read = max(READ_BODY, 3 * (settings.query_bytes + VALUES_BYTES))

    def limit(scope: Message) -> int:
        if not scope["path"].startswith(WRITE_PATHS) or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return most_read
        authorized = bears(token, header(scope["headers"], b"authorization").decode("latin-1"))
        return settings.body * MIB if authorized else most_read

    return limit

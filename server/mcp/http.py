"""`/mcp`: the protocol over HTTP, without sessions, behind the shell that holds the limits of requests."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import urlsplit

from mcp.server.transport_security import TransportSecuritySettings

from server.mcp.server import mcp_server
from server.settings import Settings

PATH = "/mcp"
Application = Callable[[Any, Any, Any], Awaitable[None]]
EVERYWHERE = ("0.0.0.0", "::")


def mcp_over_http(settings: Settings) -> tuple[Application, Callable[[], AbstractAsyncContextManager[Any]]]:
    """The ASGI app, and the context in which it lives."""
    server = mcp_server(_own_address(settings))
    hosts = _hosts(settings)
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)
    app = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
    )
    return app, lambda: app.router.lifespan_context(app)


def _own_address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _hosts(settings: Settings) -> list[str]:
    """By which names clients may call this server; another one may be a trick of a page (DNS rebinding)."""
    public = urlsplit(settings.address).netloc
    return [public, *(f"{host}:{settings.port}" for host in ("127.0.0.1", "localhost", settings.host))]

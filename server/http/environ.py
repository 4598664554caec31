"""The environment of PEP 3333 for a request, however it came to this process."""

import sys
from typing import BinaryIO
from wsgiref.types import WSGIEnvironment

from server.processes.frames import Request

EXPLAINING = "unmissions.explaining"
NETWORK = "unmissions.network"
BARE = "unmissions.bare"
FAILURE = "unmissions.failure"


def environ_of(request: Request, body: BinaryIO) -> WSGIEnvironment:
    """The environment of a request with its body."""
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.decode("latin-1"),
        "QUERY_STRING": request.query_string.decode("latin-1"),
        "SERVER_NAME": request.server[0],
        "SERVER_PORT": str(request.server[1]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": request.client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        NETWORK: request.may_use_network,
        BARE: request.is_bare,
    }
    for name, value in request.headers:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def _add_header(environ: WSGIEnvironment, name: str, value: str) -> None:
    """A header that comes several times is one list (RFC 9110, section 5.3)."""
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    environ[key] = f"{environ[key]}, {value}" if key in environ else value

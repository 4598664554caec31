"""A native Oxigraph server, releases published in it, and engines that say something else."""

import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx

from loader.release.releases import Releases
from server.engine.interface import Question
from server.engine.local.engine import LocalEngine
from server.engine.remote.endpoint import RemoteEndpoint, endpoint_at
from server.engine.remote.engine import RemoteEngine
from server.engine.remote.placement import Placement
from server.engine.remote.publication import EngineTarget, Publication
from tests.server.servers import COMMAND, free_port, until


@contextmanager
def oxigraph() -> Iterator[str]:
    """The address of a server in memory, which is nobody else's, until the block ends."""
    place = f"127.0.0.1:{free_port()}"
    command = [str(COMMAND.with_name("oxigraph")), "serve", "--bind", place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            assert until(lambda: _answers(f"http://{place}"))
            yield f"http://{place}"
        finally:
            process.kill()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/query", params={"query": "ASK {}"}, trust_env=False).is_success
    except httpx.TransportError:
        return False


def publish_there(store: Path, address: str, control: Path, **more: object) -> Placement | None:
    """Publishes what answers in a store directory as the command does."""
    endpoint = endpoint_at(f"{address}/query")
    target = EngineTarget(endpoint=endpoint, graphs_url=f"{address}/store", **more)  # type: ignore[arg-type]
    release, engine = Releases(store).current(), LocalEngine(store)
    assert release

    def ask(text: str, media_type: str) -> bytes:
        return engine.query(Question(text=text, format=media_type, timeout=60.0, own=True)).whole()

    return Publication(target, Releases(control), lambda _: None).publish(release, ask)


def remote_engine(address: str, control: Path) -> RemoteEngine:
    return RemoteEngine(control, RemoteEndpoint(url=f"{address}/query"))


@contextmanager
def engine_that_says(answer: bytes) -> Iterator[str]:
    """The address of an engine that says the same to everybody, and then hangs up."""

    class Saying(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = 0
            while (line := self.rfile.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.rfile.read(length)
            self.wfile.write(answer)

    with _listening(Saying) as address:
        yield address


@contextmanager
def guarded(address: str, authorization: str) -> Iterator[str]:
    """The address of a door to another engine that opens for whoever sends this header."""

    class Door(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            if self.headers["Authorization"] != authorization:
                self.send_error(401)
                return
            kept = {name: self.headers[name] for name in ("Content-Type", "Accept") if self.headers[name]}
            url = address + self.path
            answer = httpx.request(self.command, url, content=body, headers=kept, trust_env=False)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers.get("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_DELETE = do

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with _listening(Door) as there:
        yield there


@contextmanager
def _listening(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    class Listening(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Listening(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()

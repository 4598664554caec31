"""The body of a short answer on its way: held back while it may be all, compressed where that is taken."""

from server.http.answers import DATASET_LINK
from server.http.encoding import SMALLEST, Compressor, compressor, is_compressible
from server.http.headers import READING, SECURITY
from server.http.result_response import HOLD_BACK
from server.processes.frames import Headers, lines
from server.worker.answering import Sender, encoded

COMMON = lines(encoded([*SECURITY.items(), *READING.items(), ("Link", DATASET_LINK)]))


class Output:
    """Where the engine writes: holds back 64 KiB, which may be all, then sends as it comes."""

    def __init__(self, media_type: str, encoding: str, headers: Headers, sender: Sender) -> None:
        self._media_type, self._encoding = media_type, encoding
        self._headers, self._sender = headers, sender
        self._held = bytearray()
        self._compressor: Compressor | None = None

    def write(self, piece: bytes, /) -> int:
        self._held += piece
        if len(self._held) >= HOLD_BACK:
            self._pass_on()
        return len(piece)

    def flush(self) -> None:
        """Nothing is passed on before it is large, or all."""

    def finish(self) -> None:
        """Sends the whole, or the rest."""
        if not self._sender.has_begun:
            body = bytes(self._held)
            if compressor_ := self._compressor_for(len(body), is_stream=False):
                body = compressor_.compress(body) + compressor_.flush()
            length = (b"content-length", b"%d" % len(body))
            self._sender.whole(200, [*self._headers, length], body, COMMON)
            return
        self._pass_on()
        if self._compressor:
            self._sender.write(self._compressor.flush())
        self._sender.end()

    def _pass_on(self) -> None:
        if not self._sender.has_begun:
            self._compressor = self._compressor_for(HOLD_BACK, is_stream=True)
            self._sender.start_stream(200, self._headers, COMMON)
        piece = bytes(self._held)
        self._held.clear()
        self._sender.write(self._compressor.compress(piece) if self._compressor else piece)

    def _compressor_for(self, length: int, is_stream: bool) -> Compressor | None:
        is_worth = length >= SMALLEST and is_compressible(self._media_type)
        if not self._encoding or not is_worth:
            return None
        self._headers.append((b"content-encoding", self._encoding.encode()))
        return compressor(self._encoding, is_stream)

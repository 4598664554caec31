"""A short way for plain queries: the answer that the app would give, by its own functions, without its hooks.

Only requests that say nothing unusual go this way: one query at the endpoint, or a saved one with its values.
Whatever is wrong, or more is wanted, goes through the app, which knows all of it.
"""

from typing import IO, cast

from loader.query.parameter import WrongParameter
from server.engine.interface import Question
from server.engine.local.engine import LocalEngine
from server.engine.query_limits import Limits
from server.http.answers import CACHEABLE, VARY, tag_of, version_link
from server.processes.frames import Headers, Request
from server.refusal import Refused
from server.settings import Settings
from server.worker.answering import Sender, encoded
from server.worker.output import Output
from server.worker.plain_questions import PlainQuestion, PlainQuestions


class Quick:
    """Answers on the release to which an engine is pinned."""

    def __init__(self, engine: LocalEngine, settings: Settings, limits: Limits) -> None:
        self._engine, self._settings = engine, settings
        self._plain = PlainQuestions(engine, limits)

    def answer(self, request: Request, sender: Sender) -> bool:
        """Answers where the answer is the one that the app would give; says whether it did."""
        try:
            plain = self._plain.read(request)
        except (Refused, WrongParameter, ValueError):
            return False
        return plain is not None and self._send(request, plain, sender)

    def _send(self, request: Request, plain: PlainQuestion, sender: Sender) -> bool:
        question = Question(
            text=plain.text,
            format=plain.media_type or plain.format.media_type,
            timeout=self._settings.timeout,
            base=f"{self._settings.address}/sparql",
            own=plain.own,
        )
        answer = self._engine.query(question)
        headers = self._headers(request, plain, answer.release)
        output = Output(plain.format.media_type, plain.encoding, headers, sender)
        try:
            plain.convert(answer).write_to(cast(IO[bytes], output))
        except Refused:
            if sender.has_begun:
                raise
            return False
        output.finish()
        return True

    def _headers(self, request: Request, plain: PlainQuestion, release: str) -> Headers:
        """All but those of the body."""
        settings, path = self._settings, request.path.decode()
        own = [("UN-Missions-Release", release), ("Content-Type", plain.format.content_type)]
        is_read = request.method == "GET"
        if is_read and (link := version_link(settings, path, request.query_string, release)):
            own.append(("Link", link))
        own.append(("Vary", ", ".join(VARY)))
        if plain.is_kept:
            asked = (plain.format.name, plain.body)
            tag = tag_of(settings, release, (path, request.query_string), asked, plain.encoding)
            own += [("ETag", f'W/"{tag}"'), ("Cache-Control", "public, no-cache"), (CACHEABLE, release)]
        else:
            own.append(("Cache-Control", "no-store"))
        if plain.disposition:
            own.append(("Content-Disposition", plain.disposition))
        return encoded(own)

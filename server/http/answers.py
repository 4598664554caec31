"""Turns an engine's answer into a response: type, release, ETag, caching."""

import hashlib
from urllib.parse import quote, urlencode

from flask import Response, request

from loader.release.namespaces import BASE
from server.engine.interface import Answer, Question
from server.engine.snapshot import Snapshot
from server.http.encoding import chosen_encoding, tagged
from server.http.formats import Format
from server.http.result_response import ResultResponse
from server.http.state import state

MOST_LINK = 4096
CACHEABLE = "unmissions-cacheable"


def not_modified(release: str, format_: Format) -> Response | None:
    """304 where the client has this answer already: what a tag stands for never changes."""
    if "If-None-Match" not in request.headers:
        return None
    tag = _etag(release, format_)
    if not request.if_none_match.contains_weak(tag):
        return None
    response = Response(status=304)
    response.set_etag(tag)
    describe_release(response, release)
    return response


def respond(answer: Answer, format_: Format, cacheable: bool) -> Response:
    """The response for an answer; what is cacheable has an ETag of release, question and format."""
    response = ResultResponse(answer, format_.content_type)
    return _described(response, answer.release, format_, cacheable)


def respond_whole(content: bytes, format_: Format, release: Snapshot, cacheable: bool = True) -> Response:
    """The response for an answer that was made here, from what a release holds."""
    response = Response(content, content_type=format_.content_type)
    return _described(response, release.id, format_, cacheable)


def _described(response: Response, release: str, format_: Format, cacheable: bool) -> Response:
    describe_release(response, release)
    response.vary.update(["Accept", "Accept-Encoding"])
    if cacheable:
        response.set_etag(_etag(release, format_))
        response.headers["Cache-Control"] = "public, no-cache"
        response.headers[CACHEABLE] = "yes"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def describe_release(response: Response, release: str) -> None:
    """Says from which release the response comes, and where exactly this one is found for good."""
    response.headers["UN-Missions-Release"] = release
    if request.method in ("GET", "HEAD"):
        kept = [pair for pair in request.args.items(multi=True) if pair[0] != "release"]
        here = f"{state().settings.address}{quote(request.path)}?{urlencode([*kept, ('release', release)])}"
        if len(here) <= MOST_LINK:
            response.headers.add("Link", f'<{here}>; rel="version-of"')
    response.headers.add("Link", f'<{BASE}dataset/un-missions>; rel="describedby"')


def release_of(question: Question) -> str:
    """The id of the release that a question is about. Raises EngineFailure."""
    return state().engine.snapshot(question.release).id


def _etag(release: str, format_: Format) -> str:
    """One tag for each release, question, format and encoding (RFC 9110, section 8.8.3)."""
    asked = (release, request.path, format_.name, request.query_string, request.get_data())
    return tagged(hashlib.sha256(repr(asked).encode()).hexdigest()[:24], chosen_encoding(request))

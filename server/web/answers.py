"""Turns an engine's answer into a response: type, release, ETag, caching."""

import hashlib

from flask import Response, request

from loader.release.namespaces import BASE
from server.engine.interface import Answer
from server.web.formats import Format
from server.web.state import state

CACHEABLE = "unmissions-cacheable"


def respond(answer: Answer, format_: Format, cacheable: bool) -> Response:
    """The response for an answer; what is cacheable has an ETag of release, question and format."""
    response = Response(answer.body, content_type=format_.content_type, direct_passthrough=True)
    if answer.length is not None:
        response.content_length = answer.length
    describe_release(response, answer.release)
    response.vary.update(["Accept", "Accept-Encoding"])
    if cacheable:
        response.set_etag(_etag(answer.release, format_))
        response.headers["Cache-Control"] = "public, no-cache"
        response.headers[CACHEABLE] = "yes" if answer.length is not None else "no"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def describe_release(response: Response, release: str) -> None:
    """Says from which release the response comes, and where exactly this one is found for good."""
    response.headers["UN-Missions-Release"] = release
    response.headers.add("Link", f'<{state().settings.address}/data/{release}/>; rel="version-of"')
    response.headers.add("Link", f'<{BASE}dataset/un-missions>; rel="describedby"')


def _etag(release: str, format_: Format) -> str:
    """One tag for each release, question and format (RFC 9110, section 8.8.3)."""
    asked = (release, request.path, format_.name, request.query_string, request.get_data())
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:24]

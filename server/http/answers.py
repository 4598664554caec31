"""Turns an engine's answer into a response: type, release, ETag, caching."""

import hashlib
import re
from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import quote

from flask import Response, request

from loader.release.manifest import number_of
from loader.release.namespaces import BASE
from server.engine.interface import Answer, Question
from server.engine.snapshot import Snapshot
from server.formats import Format
from server.http.encoding import chosen_encoding, tagged
from server.http.result_response import ResultResponse
from server.http.state import state
from server.http.version import VERSION
from server.settings import Settings

MOST_LINK = 4096
OF_A_QUERY = "%!$&'()*+,;=:@/?"  # RFC 3986, section 3.4; what else a client sent is escaped
DATASET_LINK = f'<{BASE}dataset/un-missions>; rel="describedby"'
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_RESULT = re.compile(r"/sparql/?|/query|/queries/[^/]+/run(\.\w+)?")
VARY = ("Accept", "Accept-Encoding")
# Tells the shell while which release a response may be kept; it is not sent.
CACHEABLE, ALWAYS = "unmissions-cacheable", "always"
ASK_EACH_TIME, FOR_GOOD = "public, no-cache", "public, max-age=31536000, immutable"
Described = TypeVar("Described", bound=Response)


def entity_tag(release: str, *asked: object) -> str:
    """One tag for each release, question, format and encoding (RFC 9110, section 8.8.3).

    It says that answers are as good as each other, not that their bytes are equal: rows without an order come
    in another one from the disk than from memory. What it stands for comes from the same program, set up in
    the same way, for documents name its address.
    """
    place = (request.path, request.query_string)
    return tag_of(state().settings, release, place, asked, chosen_encoding(request))


def tag_of(
    settings: Settings, release: str, place: tuple[str, bytes], asked: tuple[object, ...], encoding: str
) -> str:
    """The same for a request that was not read by Flask; `place` is its path and its query string."""
    whole = (VERSION, settings.address, settings.default_graph, release, *place, *asked)
    return tagged(hashlib.sha256(repr(whole).encode()).hexdigest()[:24], encoding)


def described(
    response: Described,
    release: str,
    *,
    tag: str = "",
    is_exact: bool = False,
    vary: Iterable[str] = VARY,
    cache: str = "",
) -> Described:
    """The response, which now says of which release it is, and who may keep it how long.

    The tag is a weak one unless it `is_exact`, and stands for these very bytes or for the graph to write.
    With a tag clients keep it if they ask each time, and the shell keeps it, where it is whole, while this
    release answers, which may not be the one that did when it was asked; what names its release, not only a
    day, is the same whichever answers. Without a tag nobody keeps it. `cache` says otherwise.
    """
    describe_release(response, release)
    response.vary.update(vary)
    if tag:
        response.set_etag(tag, weak=not is_exact)
    response.headers["Cache-Control"] = cache or (ASK_EACH_TIME if tag else "no-store")
    if tag and not cache:
        by_name = request.values.get("release") in (release, str(number_of(release)))
        response.headers[CACHEABLE] = ALWAYS if by_name else release
    return response


def if_known(tag: str, release: str, vary: Iterable[str]) -> Response | None:
    """304 where the client names this very tag; `*` is for the shell, once there is something to match."""
    known = request.if_none_match
    if request.method not in ("GET", "HEAD") or not (known.is_strong(tag) or known.is_weak(tag)):
        return None
    return described(Response(status=304), release, tag=tag, vary=vary)


def not_modified(release: str, format_: Format) -> Response | None:
    """304 where the client has this answer already: what a tag stands for never changes."""
    return if_known(_etag(release, format_), release, VARY)


def respond(answer: Answer, format_: Format, cacheable: bool, tag: str = "") -> Response:
    """The response for an answer; what is cacheable has this exact tag, or one of release and question."""
    chosen = (tag or _etag(answer.release, format_)) if cacheable else ""
    response = ResultResponse(answer, format_.content_type)
    return described(response, answer.release, tag=chosen, is_exact=bool(tag))


def respond_whole(
    content: bytes, format_: Format, release: Snapshot, cacheable: bool = True, tag: str = ""
) -> Response:
    """The response for an answer that was made here, from what a release holds; a tag of its own is exact."""
    chosen = (tag or _etag(release.id, format_)) if cacheable else ""
    response = Response(content, content_type=format_.content_type)
    return described(response, release.id, tag=chosen, is_exact=bool(tag))


def describe_release(response: Response, release: str) -> None:
    """Says from which release the response comes, and where exactly this one is found for good."""
    response.headers["UN-Missions-Release"] = release
    is_read = request.method in ("GET", "HEAD")
    if is_read and (link := version_link(state().settings, request.path, request.query_string, release)):
        response.headers.add("Link", link)
    response.headers.add("Link", DATASET_LINK)


def version_link(settings: Settings, path: str, query_string: bytes, release: str) -> str:
    """Where exactly this version is found for good; nothing where that address would be too long.

    A result is cited by that address; what a thing is cited by, it says itself.
    """
    if len(query_string) > MOST_LINK:
        return ""
    fields = [field for field in query_string.split(b"&") if field and not field.startswith(b"release=")]
    asked = quote(b"&".join([*fields, b"release=" + release.encode()]), safe=OF_A_QUERY)
    here = f"{settings.address}{quote(path)}?{asked}"
    if len(here) > MOST_LINK:
        return ""
    cited = f', <{here}>; rel="cite-as", <{LICENCE}>; rel="license"' if _RESULT.fullmatch(path) else ""
    return f'<{here}>; rel="version-of"{cited}'


def release_of(question: Question) -> str:
    """The id of the release that a question is about. Raises Refused."""
    return state().engine.snapshot(question.release).id


def _etag(release: str, format_: Format) -> str:
    return entity_tag(release, format_.name, request.get_data())

"""`/graphs`: SPARQL 1.1 Graph Store HTTP Protocol, with direct and indirect graph identification."""

import io
import secrets
from typing import IO

from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import FileStorage

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Quoted, Remark
from server.engine.edit import ALL_GRAPHS, Edit
from server.engine.interface import Question, Written
from server.engine.tags import graph_tag
from server.formats import DATASETS, ONE_GRAPH, RDF_XML
from server.http.answers import describe_release, respond
from server.http.auth import require_token
from server.http.encoding import chosen_encoding, tagged
from server.http.negotiation import wanted
from server.http.parameters import check_charset, url_parameters
from server.http.state import state
from server.refusal import Refused

blueprint = Blueprint("graphs", __name__)
METHODS = ["GET", "PUT", "POST", "DELETE"]
DATASET_TYPES = {name for format_ in DATASETS for name in (format_.media_type, *format_.aliases)}


@blueprint.route("/graphs", methods=METHODS)
def indirect() -> Response:
    """A graph named by `?graph=` or `?default`; a POST without either makes a new one."""
    parameters = url_parameters()
    iri, is_default = parameters.one("graph"), parameters.one("default") is not None
    if iri is not None and is_default:
        raise Refused("request", Remark("Name the graph by either `graph` or `default`, not by both."))
    if iri is None and not is_default:
        return _serve_all()
    if iri is not None and ":" not in iri.partition("/")[0]:
        raise Refused(
            "parameter", Remark("graph is %(iri)s; it must be an absolute IRI.", {"iri": Quoted(iri)})
        )
    return _serve(iri or "")


def _serve_all() -> Response:
    """All graphs where none is named; but a POST of triples makes a new one, and all are never deleted."""
    if request.method == "DELETE":
        raise Refused("request", Remark("Name the graph: `?graph=` with its IRI, or `?default`."))
    if request.method == "POST" and request.mimetype not in DATASET_TYPES:
        return _write(f"{state().settings.address}/graphs/{secrets.token_hex(8)}", is_new=True)
    if request.method == "PUT" and not _tags("If-Match"):
        message = Remark("Replacing all graphs needs `If-Match` with the tag that `GET /graphs` gave.")
        require_token()
        raise Refused("condition-required", message)
    return _serve(ALL_GRAPHS)


@blueprint.route("/graphs/<path:path>", methods=METHODS)
def direct(path: str) -> Response:
    """The graph whose IRI is the address itself."""
    return _serve(f"{state().settings.address}/graphs/{path}")


def _serve(graph: str) -> Response:
    return _read(graph) if request.method == "GET" or request.method == "HEAD" else _write(graph)


def _read(graph: str) -> Response:
    """One graph as it was written."""
    format_ = wanted(request, DATASETS if graph == ALL_GRAPHS else ONE_GRAPH)
    question = Question(
        text=f"GRAPH <{graph}>",
        format=format_.media_type,
        timeout=state().settings.timeout,
    )
    answer = state().engine.read_graph(graph, question)
    tag = tagged(graph_tag(answer.release, graph, format_.media_type), chosen_encoding(request))
    return respond(answer, format_, cacheable=True, tag=tag)


def _write(graph: str, is_new: bool = False) -> Response:
    """PUT replaces, POST merges, DELETE removes; durable before it is answered."""
    require_token()
    if request.method == "DELETE":
        written = _submit("delete", graph, [], io.BytesIO())
    elif request.mimetype == "multipart/form-data":
        written = _submit_files(graph)
    else:
        written = _submit(request.method.lower(), graph, [(_rdf_type(request, graph), -1)], request.stream)
    response = Response(status=201 if written.created else 204)
    if written.created or is_new:
        response.headers["Location"] = graph
    describe_release(response, written.release)
    return response


def _submit(do: str, graph: str, parts: list[tuple[str, int]], body: IO[bytes]) -> Written:
    edit = Edit(
        do=do,
        graph=graph,
        parts=parts,
        base=graph if graph not in ("", ALL_GRAPHS) else f"{state().settings.address}/graphs",
        if_match=_tags("If-Match"),
        if_none_match=_tags("If-None-Match"),
    )
    return state().engine.write(edit, body)


def _submit_files(graph: str) -> Written:
    """A form with files (section 5.5): each file is merged, all of them or none."""
    files = [(_rdf_type(file, graph), file.stream.read()) for _, file in request.files.items(multi=True)]
    if not files:
        raise Refused("request", Remark("The form contains no file."))
    parts = [(media_type, len(content)) for media_type, content in files]
    return _submit("post", graph, parts, io.BytesIO(b"".join(content for _, content in files)))


def _rdf_type(sent: Request | FileStorage, graph: str) -> str:
    """The canonical name of the media type of RDF for one graph, or for all. Raises Refused.

    XML itself says how it is encoded; whatever else it is has to be UTF-8.
    """
    formats, media_type = DATASETS if graph == ALL_GRAPHS else ONE_GRAPH, sent.mimetype
    for format_ in formats:
        if media_type in (format_.media_type, *format_.aliases):
            if format_ is not RDF_XML:
                check_charset(sent.mimetype_params)
            return format_.media_type
    read = listed(format_.media_type for format_ in formats)
    raise Refused(
        "media-type",
        Remark(
            "%(value)s is not one of those read here: %(listed)s.",
            {"value": media_type or "No media type", "listed": read},
        ),
    )


def _tags(header: str) -> list[str]:
    """The entity tags of a condition, without the encoding in which the client saw the graph."""
    value = request.headers.get(header, "")
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in value.split(",") if tag.strip())
    return [tag.partition("-")[0] for tag in tags]

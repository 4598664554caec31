"""Applies a write to a store that is open in this process: whole or not at all."""

import re
from typing import IO
from xml.parsers import expat

import pyoxigraph as ox

from loader.query.mistakes.mistake import Remark
from loader.query.tokens import tokens
from server.engine.edit import ALL_GRAPHS, Edit
from server.engine.evaluation.answers import no_graph
from server.engine.evaluation.recorder import Recorder, record_update, recording
from server.engine.evaluation.update_dataset import with_dataset
from server.engine.tags import graph_tags
from server.refusal import Refused

NO_LOAD = Remark("LOAD is not allowed here: send the data to /graphs instead.")
BOM = b"\xef\xbb\xbf"


def apply_edit(
    store: ox.Store,
    edit: Edit,
    body: IO[bytes],
    release: str,
    alone: bool,
    recorder: Recorder | None = None,
) -> bool:
    """Applies a write, lets the recorder note what it changed, and says whether it created a graph.

    `alone` tells that this process has no network. Raises Refused, SyntaxError, ValueError, RuntimeError
    or OSError, and then has changed nothing.
    """
    if edit.do == "update":
        _update(store, edit, body.read().decode(), alone, recorder)
        return False
    existed = _exists(store, edit.graph)
    _check_conditions(edit, release, existed)
    if edit.do == "delete":
        if not existed:
            raise no_graph(edit.graph)
        with recording(recorder, store, graphs=[_graph(edit.graph)]):
            _delete(store, edit.graph)
        return False
    _load(store, edit, body, recorder)
    return not existed


def _update(store: ox.Store, edit: Edit, text: str, alone: bool, recorder: Recorder | None) -> None:
    asks_network = any(token.kind == "word" and token.text.upper() == "LOAD" for token in tokens(text))
    if asks_network and not alone:
        raise Refused("forbidden", NO_LOAD)
    try:
        record_update(recorder, store, with_dataset(text, edit.using, edit.using_named), edit.base)
    except OSError as error:
        if not asks_network or error.errno:
            raise
        raise Refused("forbidden", NO_LOAD) from None


def _graph(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(iri) if iri else ox.DefaultGraph()


def _exists(store: ox.Store, graph: str) -> bool:
    """The unnamed graph, as all together, is always there (Graph Store HTTP Protocol, section 5.3)."""
    return graph in ("", ALL_GRAPHS) or store.contains_named_graph(ox.NamedNode(graph))


def _check_conditions(edit: Edit, release: str, existed: bool) -> None:
    """RFC 9110, section 13.2.2."""
    tags = graph_tags(release, edit.graph) if existed else set()
    if edit.if_match and not (tags & set(edit.if_match) or (existed and "*" in edit.if_match)):
        raise Refused("precondition", Remark("The graph is not in the state that If-Match names."))
    if edit.if_none_match and (tags & set(edit.if_none_match) or (existed and "*" in edit.if_none_match)):
        raise Refused("precondition", Remark("The graph is in a state that If-None-Match excludes."))


def _delete(store: ox.Store, graph: str) -> None:
    if graph:
        store.remove_graph(_graph(graph))
    else:
        store.clear_graph(ox.DefaultGraph())


def _load(store: ox.Store, edit: Edit, body: IO[bytes], recorder: Recorder | None) -> None:
    """Parses the whole body in a store of its own first, so that a mistake in it changes nothing."""
    parsed = ox.Store()
    for media_type, length in edit.parts:
        _parse(parsed, media_type, body.read(length).removeprefix(BOM), edit)
    if edit.graph == ALL_GRAPHS:
        _load_all(store, parsed, edit.do == "put", recorder)
        return
    target = _graph(edit.graph)
    quads = [ox.Quad(q.subject, q.predicate, q.object, target) for q in parsed]
    is_put = edit.do == "put"
    with recording(recorder, store, quads=quads, graphs=[target] if is_put else None):
        if is_put:
            store.clear_graph(target)
        if edit.graph:
            store.add_graph(target)
        store.extend(quads)


def _load_all(store: ox.Store, parsed: ox.Store, is_put: bool, recorder: Recorder | None) -> None:
    """Merges a dataset into the store, or puts it in the place of all that is there."""
    quads, everything = list(parsed), [ox.DefaultGraph(), *store.named_graphs()] if is_put else []
    with recording(recorder, store, quads=quads, graphs=everything if is_put else None):
        if is_put:
            store.clear()
        for graph in parsed.named_graphs():
            store.add_graph(graph)
        store.extend(quads)


def _parse(store: ox.Store, media_type: str, content: bytes, edit: Edit) -> None:
    format_ = ox.RdfFormat.from_media_type(media_type)
    assert format_ is not None
    _refuse_entities(format_, content)
    try:
        target = None if edit.graph == ALL_GRAPHS else ox.DefaultGraph()
        store.load(content, format_, base_iri=edit.base or None, to_graph=target)
    except SyntaxError as error:
        line, column = _place(error, format_, content)
        told = {"format": format_.name, "reason": error.msg}
        remark = Remark("This cannot be read as %(format)s: %(reason)s", told)
        raise Refused("unreadable", remark, line=line, column=column) from None


def _place(error: SyntaxError, format_: ox.RdfFormat, content: bytes) -> tuple[int, int]:
    """Line and column of a mistake, 0 where unknown; Oxigraph tells none in XML that is not well-formed."""
    if format_ == ox.RdfFormat.RDF_XML and not error.lineno:
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError as mistake:
            return mistake.lineno, mistake.offset + 1
    return error.lineno or 0, error.offset or 0


def _refuse_entities(format_: ox.RdfFormat, content: bytes) -> None:
    """Entities of XML can grow without bound; no RDF needs them (nor an encoding that hides them)."""
    if format_ == ox.RdfFormat.RDF_XML and (b"\x00" in content or re.search(rb"<!DOCTYPE", content, re.I)):
        message = "RDF/XML with a DOCTYPE, or in another encoding than UTF-8, is not read."
        raise Refused("unreadable", Remark(message))

"""Addresses that people type by habit: each leads (307, with its method) to where the thing is."""

import tomllib
from functools import partial
from pathlib import Path

import yaml
from flask import Blueprint, Response, json, redirect, request

from server.asking.asker import asked_release
from server.formats import DOCUMENT, TURTLE, YAML
from server.http.answers import not_modified, respond_whole
from server.http.negotiation import wanted
from server.http.state import state
from server.prefixes import PREFIXES
from server.queries.openapi import openapi

blueprint = Blueprint("shortcuts", __name__)
METHODS = ["GET", "POST", "PUT", "DELETE"]
TARGETS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


def _lead(target: str) -> Response:
    """To the target, with what the address says besides."""
    asked = request.query_string.decode("latin-1")
    joint = "&" if "?" in target else "?"
    response = redirect(f"{target}{joint}{asked}" if asked else target, 307)
    assert isinstance(response, Response)
    return response


for _address, _target in TARGETS.items():
    blueprint.add_url_rule(
        _address,
        _address.replace(".", "_"),
        partial(_lead, _target),
        methods=["GET", "POST", "PUT", "DELETE"],
    )


@blueprint.get("/queries/<name>/text")
def text(name: str) -> Response:
    """The text of a saved query, as other services have it."""
    return _lead(f"/queries/{name}.rq")


@blueprint.get("/openapi.yaml")
def api() -> Response:
    """The same document as `/openapi.json`."""
    release = asked_release()
    if unchanged := not_modified(release.id, YAML):
        return unchanged
    document = openapi(release.queries, release.id, state().settings.address)
    content = yaml.safe_dump(json.loads(json.dumps(document)), allow_unicode=True, sort_keys=False)
    return respond_whole(content.encode(), YAML, release)


@blueprint.get("/prefixes")
def known_prefixes() -> Response:
    """The prefixes that the project writes, as JSON or as the head of a Turtle file."""
    release, format_ = asked_release(), wanted(request, (DOCUMENT, TURTLE))
    lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()]
    content = "".join(lines) if format_ == TURTLE else json.dumps(PREFIXES)
    return respond_whole(content.encode(), format_, release)

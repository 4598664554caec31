"""Addresses that people type by habit: each leads (307, with its method) to where the thing is."""

import tomllib
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, json, redirect, request

from server.asking.asker import asked_release
from server.formats import DOCUMENT, TURTLE
from server.http.answers import respond_whole
from server.http.negotiation import wanted
from server.http.parameters import allow
from server.prefixes import PREFIXES

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


def _add(address: str, target: str) -> None:
    name = address.replace(".", "_")
    blueprint.add_url_rule(address, name, partial(_lead, target), methods=METHODS)
    blueprint.record(lambda setup: allow(setup.app, f"shortcuts.{name}", "*"))


for _address, _target in TARGETS.items():
    _add(_address, _target)


@blueprint.get("/queries/<name>/text")
def text(name: str) -> Response:
    """The text of a saved query, as other services have it."""
    return _lead(f"/queries/{name}.rq")


@blueprint.get("/prefixes")
def known_prefixes() -> Response:
    """The prefixes that the project writes, as JSON or as the head of a Turtle file."""
    release, format_ = asked_release(), wanted(request, (DOCUMENT, TURTLE))
    lines = [f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()]
    content = "".join(lines) if format_ == TURTLE else json.dumps(PREFIXES)
    return respond_whole(content.encode(), format_, release)

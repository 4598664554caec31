"""Checks of other stores that ask this server by SERVICE."""

import csv
import http.client
import tempfile
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from .client import FORM, query, send
from .outcome import Check, Outcome, judged, skipped
from .service import Service, serving
from .virtuoso import MAY_ASK, is_there, virtuoso

PREFIXES = """
PREFIX unm: <https://w3id.org/un-missions/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
"""
# What the other store knows: when some countries became members, by their code and by their identifier.
MEMBERS = [("566", "Q1033", 1960), ("686", "Q1041", 1960), ("324", "Q1006", 1958), ("250", "Q142", 1945)]
THERE = "GRAPH <urn:there> { ?same <urn:code> ?code ; <urn:since> ?since }"
JOINS = {
    "by an IRI": ("?mission ?since", "?mission a unm:Mission ; unm:country/skos:exactMatch ?same ."),
    "by a code": ("?mission ?since", "?mission a unm:Mission ; unm:country/unm:m49 ?code ."),
    "with names and days": (
        "?name ?day ?since",
        "?mission a unm:Mission ; rdfs:label ?name ; unm:notBefore ?day ; unm:country/unm:m49 ?code .",
    ),
}


def _virtuoso() -> Outcome:
    if not is_there():
        return skipped(
            "Virtuoso (virtuoso-opensource-7 of Debian) is not installed, nor unpacked at VIRTUOSO"
        )
    update = f"{PREFIXES} INSERT INTO GRAPH <urn:there> {{ {' '.join(map(_known, MEMBERS))} }}"
    with (
        tempfile.TemporaryDirectory(prefix="heavy-") as folder,
        serving() as service,
        virtuoso(Path(folder), MAY_ASK, f"SPARQL {update}") as caller,
    ):
        got = {name: _asked_there(caller, service, name) for name in JOINS}
        expected = {name: _asked_here(service, name) for name in JOINS}
    complaints = [f"{name}: {got[name]}, not {rows}" for name, rows in expected.items() if rows != got[name]]
    complaints += [f"no row {name}" for name, rows in expected.items() if not rows]
    return judged(complaints, ", ".join(f"{len(rows)} rows {name}" for name, rows in got.items()))


def _known(member: tuple[str, str, int]) -> str:
    code, same, since = member
    return f'wd:{same} <urn:code> "{code}" ; <urn:since> {since} .'


def _asked_there(caller: str, service: Service, name: str) -> list[list[str]]:
    """The rows of the other store, which asks ours."""
    names, of_ours = JOINS[name]
    text = f"{PREFIXES} SELECT {names} {{ {THERE} SERVICE <{service.url}/sparql> {{ {of_ours} }} }}"
    connection = http.client.HTTPConnection(str(urlsplit(caller).netloc), timeout=60)
    connection.request("POST", "/sparql", urlencode({"query": text}), {**FORM, "Accept": "text/csv"})
    return _rows(connection.getresponse().read().decode())


def _asked_here(service: Service, name: str) -> list[list[str]]:
    """The rows of our own, where what the other knows stands in the query."""
    names, of_ours = JOINS[name]
    known = " ".join(f'("{code}" wd:{same} {since})' for code, same, since in MEMBERS)
    text = f"{PREFIXES} SELECT {names} {{ VALUES (?code ?same ?since) {{ {known} }} {of_ours} }}"
    return _rows(send(service, query(text, accept="text/csv")).text)


def _rows(table: str) -> list[list[str]]:
    return sorted(list(csv.reader(table.splitlines()))[1:])


CHECKS = [
    Check(
        "virtuoso-as-caller", "Virtuoso joins its data with ours by SERVICE, with the right rows", _virtuoso
    )
]

"""What a language model may ask: saved queries, search, things with their quotations, names, SPARQL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loader.release.namespaces import BASE
from server.mcp.client import Client, Received
from server.mcp.portion import Document, portion

MOST_HITS = 100
RESULTS = "application/sparql-results+json"
GRAPH = "application/n-triples"
ONTOLOGY = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?label ?definition WHERE {
  GRAPH <https://w3id.org/un-missions/graph/ontology> {
    ?term rdfs:label ?label ; skos:definition ?definition
    FILTER (LANG(?label) = "en" && LANG(?definition) = "en")
  }
} ORDER BY ?term
"""


@dataclass(frozen=True)
class Tools:
    """The tools, on one server. Every one raises NotAnswered."""

    client: Client

    def list_saved_queries(self, offset: int = 0) -> Document:
        """The questions that are ready to be run, with their parameters. Look here before writing SPARQL."""
        answer = self.client.get("/openapi.json", {})
        paths: dict[str, Any] = answer.json()["paths"]
        named = ((path.split("/")[2], methods.get("get")) for path, methods in paths.items())
        found = [_saved(name, told) for name, told in named if told and "{" not in name]
        return portion(list({str(one["name"]): one for one in found}.values()), offset, answer.release)

    def run_saved_query(
        self,
        name: str,
        parameters: dict[str, str | list[str]] | None = None,
        evidence: bool = False,
        offset: int = 0,
        release: str = "",
    ) -> Document:
        """The rows of a saved query; `evidence` adds the words of the source. For the next rows give
        `next_offset` as `offset`, and `release`."""
        asked = {**(parameters or {}), "evidence": "true" if evidence else "", "release": release}
        return _rows(self.client.get(f"/queries/{name}/run", asked, RESULTS), offset)

    def search(self, words: str, kind: str = "", release: str = "") -> Document:
        """Things by their names, in Arabic or English, however spelt; `kind` is mission, person, place …"""
        asked = {"q": words, "kind": kind, "limit": MOST_HITS, "release": release}
        answer = self.client.get("/search.json", asked)
        found = answer.json()
        return portion(found["hits"] or found["nearest"], 0, answer.release, found=found["total"])

    def describe(self, id: str, offset: int = 0, release: str = "") -> Document:
        """The facts of a thing, such as mission/2012-abuja, and the words of the source that say so."""
        path = id.removeprefix(BASE)
        answer = self.client.get(f"/{path}.nt", {"release": release}, GRAPH)
        facts = [line for line in answer.text.splitlines() if line.startswith(f"<{BASE}{path}> ")]
        asked = {"thing": BASE + path, "release": answer.release}
        quotations = self.client.get("/queries/evidence-of-a-thing/run", asked, RESULTS)
        return portion([*facts, *_solutions(quotations.json())], offset, answer.release, iri=BASE + path)

    def reconcile(
        self, names: list[str], type: str = "", date: str = "", country: str = "", release: str = ""
    ) -> Document:
        """The things that names stand for, at most 50 names of one type; a date or a country tells namesakes
        apart. Only what has `match` true is certain."""
        given = [{"pid": pid, "v": v} for pid, v in (("date", date), ("country", country)) if v]
        more = {**({"type": type} if type else {}), **({"properties": given} if given else {})}
        batch = {str(place): {"query": name, "limit": 5, **more} for place, name in enumerate(names)}
        answer = self.client.post("/reconcile", {"queries": json.dumps(batch), "release": release})
        found = answer.json()
        items = [{"name": name, "candidates": found[str(n)]["result"]} for n, name in enumerate(names)]
        return portion(items, 0, answer.release)

    def run_sparql(self, query: str, offset: int = 0, release: str = "") -> Document:
        """The rows or triples of a SPARQL 1.1 query. For the next give `next_offset` and `release`."""
        asked = {"query": query, "release": release}
        answer = self.client.post("/sparql", asked, f"{RESULTS}, {GRAPH};q=0.5")
        if answer.media_type == GRAPH:
            return portion(answer.text.splitlines(), offset, answer.release)
        return _rows(answer, offset)

    def explain_empty(self, query: str, release: str = "") -> Document:
        """Why a SPARQL query has no rows: patterns without a match, unknown terms with those near to them."""
        answer = self.client.post("/sparql", {"query": query, "explain": "true", "release": release})
        told = answer.json()
        return portion(told.pop("patterns", None) or [], 0, answer.release, **told)

    def ontology(self) -> str:
        """The terms of the ontology, each with what it stands for."""
        rows = _solutions(self.client.post("/sparql", {"query": ONTOLOGY}, RESULTS).json())
        return "\n".join(f"{row['term']} ({row['label']}): {row['definition']}" for row in rows)

    def limits(self) -> str:
        """The limits of queries on this server."""
        return self.client.get("/health", {}).text

    def data_sets(self) -> str:
        """What is in the store beside the missions."""
        return self.client.get("/queries/data-sets-in-the-store/run", {}, "text/csv").text


def _saved(name: str, told: Mapping[str, Any]) -> Document:
    parameters = [one for one in told.get("parameters", []) if "name" in one]
    return {
        "name": name,
        "question": told.get("summary", ""),
        "parameters": {one["name"]: one.get("description", "") for one in parameters},
    }


def _rows(answer: Received, offset: int) -> Document:
    return portion(_solutions(answer.json()), offset, answer.release)


def _solutions(results: Mapping[str, Any]) -> list[Document]:
    """Rows as plain values by the names of their columns, with the quotations where they were asked for."""
    if "boolean" in results:
        return [{"answer": results["boolean"]}]
    rows = [{name: term["value"] for name, term in row.items()} for row in results["results"]["bindings"]]
    evidence = results.get("evidence")
    if evidence:
        return [{**row, "evidence": said} for row, said in zip(rows, evidence, strict=True)]
    return rows

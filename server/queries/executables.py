"""`/queries.ttl`: what the endpoint can be asked, as sh:SPARQLExecutable, from the graph `queries` itself.

The store has no address of a server, so `schema:target` is added here.
"""

from loader.query.values import as_term
from loader.release.namespaces import BASE, graph_iri

_QUERY = f"""
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>

CONSTRUCT {{ ?thing ?property ?value }}
WHERE {{
  {{
    GRAPH <{graph_iri("queries")}> {{ ?thing ?property ?value }}
  }}
  UNION
  {{
    GRAPH <{graph_iri("queries")}> {{ ?thing a sh:SPARQLExecutable }}
    VALUES (?property ?value) {{ (schema:target %(target)s) }}
  }}
  %(filter)s
}}
ORDER BY ?thing ?property ?value"""


def executables_query(server: str, name: str = "") -> str:
    """A CONSTRUCT for the description of all saved queries, or of one; `server` is where this one is."""
    return _QUERY % {"target": as_term("iri", f"{server}/sparql"), "filter": _only(name) if name else ""}


def _only(name: str) -> str:
    """One query with its parameters, and the prefixes of all."""
    one = f"{BASE}queries/{name}"
    starts = f'STRSTARTS(STR(?thing), "{one}#") || STRSTARTS(STR(?thing), "{BASE}queries#")'
    return f"FILTER (?thing = <{one}> || {starts})"

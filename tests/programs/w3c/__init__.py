"""Runs the W3C SPARQL 1.1 test suite against an endpoint, over HTTP alone.

The suite is `sparql/sparql11` of https://github.com/w3c/rdf-tests. What counts is what its
manifests list in `mf:entries`, approved or not:

==================== ===== ==============================================================
query                  341 the 13 manifests of `manifest-sparql11-query.ttl` (aggregates 47,
                           bind 10, bindings 11, cast 6, construct 7, exists 6, functions 75,
                           grouping 6, negation 12, project-expression 7, property-path 33,
                           subquery 14, syntax-query 94: 328), the 2 of
                           `manifest-sparql11-results.ttl` (csv-tsv-res 6, json-res 4) and
                           syntax-fed 3
update                 157 the 13 manifests of `manifest-sparql11-update.ttl` (add 8,
                           basic-update 13, clear 4, copy 6, delete 19, delete-data 6,
                           delete-insert 17, delete-where 6, drop 4, move 6,
                           syntax-update-1 54, syntax-update-2 1, update-silent 13)
protocol                34 `protocol/manifest.ttl`
graph store protocol    13 `graph-store-protocol/`: manifest-direct 4 (it describes a fifth,
                           head_non_existing_direct, but does not list it), manifest-indirect 9
service description      3 `service-description/manifest.ttl`, beside those totals
==================== ===== ==============================================================

Not run: `entailment/`, `service/`, and `http-rdf-update/`, whose 18 tests the suite marks as
deprecated for those of `graph-store-protocol/`.

A test is named by its folder and the fragment of its entry: `aggregates/agg01` is the entry
`:agg01` of `aggregates/manifest.ttl`. The two protocol manifests write their requests in `ht:`
terms, so the requests made are theirs. Solutions are compared by the value of their numbers,
since SPARQL says which value and not how it is written; all else term by term.

`pyoxigraph` reads the Turtle files, since rdflib keeps of an integer only its value and would
hand `01` to the endpoint as `1`; results in XML, JSON, CSV and TSV are read without it.
"""

from .endpoint import Endpoint
from .report import Outcome, Report
from .suite import DEFAULT_SUITE, run_suite

__all__ = ["DEFAULT_SUITE", "Endpoint", "Outcome", "Report", "run_suite"]

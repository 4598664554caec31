"""Queries that are small and cost much: they plan or evaluate for ever, or fill the memory."""

from .bombs import Shape

TRIPLES = "?a ?b ?c. ?d ?e ?f. ?g ?h ?i."
PLANNED = (
    Shape("repeated patterns", "ASK{", "?s ?p ?o."),
    Shape("chain", "ASK{", "?a{i} ?p ?b{i}."),
    Shape("lists", "ASK{?s ?p ", "(", "1", ")"),
    Shape("flat list", "ASK{?s ?p (", "1 ", ")"),
    Shape("object list", "ASK{?s ?p 1", ",1"),
    Shape("predicate list", "ASK{?s ?p 1", ";?p{i} 1"),
    Shape("blank nodes", "ASK{?s ?p ", "[?p ", "1", "]"),
    Shape("groups", "ASK{", "{?s ?p ?o}"),
    Shape("values", "ASK{", "VALUES ?x{1}"),
    Shape("optionals", "ASK{", "OPTIONAL{?s ?p ?o}"),
    Shape("optionals apart", "ASK{", "OPTIONAL{?s{i} ?p ?o}"),
    Shape("unions", "ASK{{}", "UNION{?s ?p ?o}"),
    Shape("subselects", "ASK{", "{SELECT*{?s ?p ?o}}"),
    Shape("annotations", "ASK{?s ?p ?o ", "{|?p ?o ", "", "|}"),
    Shape("path steps", "ASK{?s <a:a>", "/<a:a>", " ?o"),
    Shape("binds", "ASK{?s ?p ?o ", "BIND(?o AS ?x{i})"),
    Shape("filters", "ASK{?s ?p ?o ", "FILTER(?o!={i})"),
    Shape("graphs", "ASK{", "GRAPH ?g{i}{?s ?p ?o}"),
)
PLANNED_TIMES = (100, 119, 300, 1000)


def planned() -> dict[str, str]:
    """Many operands in one group, whose order the planner looks for."""
    return {f"{s.name} {n}": s.times(n) + "}" for s in PLANNED for n in PLANNED_TIMES}


def evaluated() -> dict[str, str]:
    """A few words that ask for more than a machine has."""
    doubling = " ".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(40))
    values = " ".join(f"VALUES ?v{i} {{{' '.join(map(str, range(100)))}}}" for i in range(8))
    return {
        "cartesian COUNT": f"SELECT (COUNT(*) AS ?n) {{{TRIPLES}}}",
        "cartesian COUNT DISTINCT": f"SELECT (COUNT(DISTINCT *) AS ?n) {{{TRIPLES}}}",
        "cartesian ORDER BY": f"SELECT * {{{TRIPLES}}} ORDER BY ?a ?f",
        "cartesian ORDER BY LIMIT": f"SELECT * {{{TRIPLES}}} ORDER BY ?a ?f LIMIT 1",
        "cartesian DISTINCT": f"SELECT DISTINCT ?n {{{TRIPLES} BIND(1 AS ?n)}}",
        "cartesian DISTINCT rows": f"SELECT DISTINCT * {{{TRIPLES}}} OFFSET 1000000000",
        "cartesian GROUP BY": f"SELECT ?a (COUNT(*) AS ?n) {{{TRIPLES}}} GROUP BY ?a ?f ?i",
        "cartesian OFFSET": f"SELECT * {{{TRIPLES}}} OFFSET 1000000000000",
        "cartesian MINUS": f"SELECT * {{{TRIPLES} MINUS {{{TRIPLES}}}}}",
        "cartesian CONSTRUCT": f"CONSTRUCT {{?a ?b ?i}} {{{TRIPLES} FILTER(?a = ?i)}}",
        "cartesian FILTER": f"ASK {{{TRIPLES} FILTER(?a = 1)}}",
        "values product": f"SELECT (COUNT(*) AS ?n) {{{values}}}",
        "path star": "SELECT * {?a (<a:a>|!<a:b>)* ?b. ?c (<a:a>|!<a:b>)* ?d} OFFSET 1000000000",
        "path star star": "SELECT (COUNT(*) AS ?n) {?a ((!<a:b>)*)* ?b. ?b ((!<a:c>)*)* ?c}",
        "path star in EXISTS": f"ASK {{{TRIPLES} FILTER EXISTS {{?a (!<a:b>)* ?i. ?i (!<a:b>)* <a:x>}}}}",
        "string doubling": f'SELECT (STRLEN(?x40) AS ?l) {{BIND("aaaaaaaaaaaaaaaa" AS ?x0) {doubling}}}',
        "string doubling of data": f"SELECT (MAX(STRLEN(?x40)) AS ?l) {{?x1a ?x1b ?x0 {doubling}}}",
        "GROUP_CONCAT": f"SELECT (GROUP_CONCAT(?c) AS ?x) {{{TRIPLES}}}",
        "GROUP_CONCAT of groups": f"SELECT ?a (GROUP_CONCAT(STR(?i)) AS ?x) {{{TRIPLES}}} GROUP BY ?a",
        "SAMPLE": f"SELECT (SAMPLE(?c) AS ?x) {{{TRIPLES}}}",
        "RAND": f"SELECT * {{{TRIPLES} FILTER(RAND() < 0)}}",
        "REPLACE": 'SELECT (MAX(STRLEN(REPLACE(REPLACE(?c, ".", ?x), ".", ?x))) AS ?l)'
        " {{SELECT (GROUP_CONCAT(?o) AS ?x) {?s ?p ?o}} ?a ?b ?c}",
        "deep triple terms": "SELECT * {BIND(1 AS ?t0) "
        + " ".join(f"BIND(TRIPLE(<a:s>,<a:p>,?t{i}) AS ?t{i + 1})" for i in range(110))
        + "}",
    }

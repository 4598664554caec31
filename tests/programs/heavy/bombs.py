"""Texts that overflow stacks, planners and memory: each shape is a repeated piece, as data."""

from collections.abc import Sequence
from dataclasses import dataclass

from .client import BEARER, Request, form_query, merge, put, query, update

KILO, MEGA = 1000, 1_000_000
SIZES = (KILO, 10 * KILO, 95 * KILO, MEGA)


@dataclass(frozen=True)
class Shape:
    """`head`, then `opening` many times, `middle`, `closing` as often, `tail`; `{i}` is a running number."""

    name: str
    head: str
    opening: str
    middle: str = ""
    closing: str = ""
    tail: str = ""

    def times(self, number: int) -> str:
        openings = "".join(self.opening.replace("{i}", str(i)) for i in range(number))
        return f"{self.head}{openings}{self.middle}{self.closing * number}{self.tail}"

    def sized(self, size: int) -> str:
        """The text of about so many bytes."""
        return self.times(max(1, size // len((self.opening + self.closing).encode())))


NESTED_QUERIES = (
    Shape("parentheses", "ASK{FILTER(", "(", "1", ")", ")}"),
    Shape("groups", "ASK{", "{", "", "}", "}"),
    Shape("functions", "ASK{FILTER(", "STR(", '"a"', ")", ")}"),
    Shape("coalesce", "ASK{FILTER(", "COALESCE(", "1", ")", ")}"),
    Shape("if", "ASK{FILTER(", "IF(1,1,", "1", ")", ")}"),
    Shape("exists", "ASK{", "FILTER EXISTS{", "", "}", "}"),
    Shape("subselects", "", "SELECT*{{", "SELECT*{}", "}}"),
    Shape("negations", "ASK{FILTER(", "!", "1", "", ")}"),
    Shape("minus signs", "ASK{FILTER(", "- ", "1", "", ")}"),
    Shape("paths", "ASK{?s ", "(", "<a:a>", ")", " ?o}"),
    Shape("inverse paths", "ASK{?s ", "^(", "<a:a>", ")", " ?o}"),
    Shape("repeated paths", "ASK{?s ", "(", "<a:a>", ")*", " ?o}"),
    Shape("lists", "ASK{?s ?p ", "(", "1", ")", "}"),
    Shape("blank nodes", "ASK{?s ?p ", "[<a:p> ", "1", "]", "}"),
    Shape("triple terms", "ASK{?s ?p ", "<<(?s ?p ", "1", ")>>", "}"),
    Shape("reified triples", "ASK{?s ?p ", "<<?s ?p ", "1", ">>", "}"),
    Shape("annotations", "ASK{?s ?p ?o ", "{|?p ?o ", "", "|}", "}"),
    Shape("unions", "ASK{", "{}UNION{", "", "}", "}"),
    Shape("optionals", "ASK{", "OPTIONAL{?s ?p ?o ", "", "}", "}"),
    Shape("graphs", "ASK{", "GRAPH ?g{", "", "}", "}"),
    Shape("in", "ASK{FILTER(1 IN(", "1 IN(", "1", ")", "))}"),
    Shape("values terms", "ASK{VALUES ?x{", "<<(<a:s> <a:p> ", "1", ")>>", "}}"),
    Shape("unclosed groups", "ASK{", "{"),
    Shape("unclosed brackets", "ASK{?s ?p ", "(["),
    Shape("flat and", "ASK{FILTER(1", "&&1", "", "", ")}"),
    Shape("flat or", "ASK{FILTER(0", "||0", "", "", ")}"),
    Shape("flat sum", "ASK{FILTER(1", "+1", "", "", ")}"),
    Shape("flat comparison", "ASK{FILTER(1 IN (1", ",1", "", "", "))}"),
    Shape("flat binds", "ASK{", "BIND(1 AS ?x{i})", "", "", "}"),
    Shape("flat unions", "ASK{{}", "UNION{}", "", "", "}"),
    Shape("flat minus", "ASK{", "MINUS{}", "", "", "}"),
    Shape("flat filters", "ASK{", "FILTER(1)", "", "", "}"),
    Shape("flat path choice", "ASK{?s <a:a>", "|<a:a>", "", "", " ?o}"),
    Shape("flat path steps", "ASK{?s <a:a>", "/<a:a>", "", "", " ?o}"),
    Shape("flat projection", "SELECT ", "(1 AS ?x{i})", "", "", "{}"),
    Shape("flat aggregates", "SELECT ", "(SUM(1) AS ?x{i})", "", "", "{}"),
    Shape("flat group by", "SELECT(1 AS ?x){}GROUP BY ", "(1+{i})"),
    Shape("flat order by", "SELECT*{}ORDER BY ", "(1+{i})"),
    Shape("flat describe", "DESCRIBE ", "<a:{i}>"),
    Shape("flat prefixes", "", "PREFIX p{i}:<a:{i}>", "ASK{}"),
    Shape("flat froms", "SELECT* ", "FROM<a:{i}>", "{}"),
    Shape("long string", 'ASK{FILTER("', "a", "", "", '")}'),
    Shape("long name", "ASK{?s <a:", "a", "", "", "> ?o}"),
    Shape("regex", 'ASK{FILTER(REGEX("aaaaaaaaaaaaaaaaaaaaaaaa!","', "(a+)+", "", "", '"))}'),
    Shape("regex groups", 'ASK{FILTER(REGEX("a","', "(", "a", ")", '"))}'),
)
UPDATES = (
    Shape("where groups", "DELETE{}WHERE{", "{", "", "}", "}"),
    Shape("where parentheses", "DELETE{}WHERE{FILTER(", "(", "1", ")", ")}"),
    Shape("where functions", "DELETE{}WHERE{FILTER(", "STR(", '"a"', ")", ")}"),
    Shape("where subselects", "DELETE{}WHERE{{", "SELECT*{{", "SELECT*{}", "}}", "}}"),
    Shape("where exists", "DELETE{}WHERE{", "FILTER EXISTS{", "", "}", "}"),
    Shape("template lists", "INSERT{<a:s><a:p>", "(", "1", ")", "}WHERE{}"),
    Shape("template blank nodes", "INSERT{<a:s><a:p>", "[<a:p> ", "1", "]", "}WHERE{}"),
    Shape("data terms", "INSERT DATA{<a:s><a:p>", "<<(<a:s><a:p>", "1", ")>>", "}"),
    Shape("data lists", "INSERT DATA{<a:s><a:p>", "(", "1", ")", "}"),
    Shape("flat and", "DELETE{}WHERE{FILTER(1", "&&1", "", "", ")}"),
    Shape("flat binds", "DELETE{}WHERE{", "BIND(1 AS ?x{i})", "", "", "}"),
    Shape("flat operations", "", "CLEAR SILENT GRAPH <a:{i}>;"),
    Shape("flat usings", "DELETE{}", "USING<a:{i}>", "WHERE{}"),
)
TURTLE = (
    Shape("lists", "<a:s><a:p>", "(", "1", ")", "."),
    Shape("blank nodes", "<a:s><a:p>", "[<a:p> ", "1", "]", "."),
    Shape("triple terms", "<a:s><a:p>", "<<(<a:s><a:p>", "1", ")>>", "."),
    Shape("reified triples", "<a:s><a:p>", "<<<a:s><a:p>", "1", ">>", "."),
    Shape("annotations", "<a:s><a:p><a:o>", "{|<a:p><a:o>", "", "|}", "."),
    Shape("unclosed", "<a:s><a:p>", "(["),
)
TRIG = (
    *(Shape(s.name, "<a:g>{" + s.head, s.opening, s.middle, s.closing, s.tail + "}") for s in TURTLE),
    Shape("graphs", "", "<a:g{i}>{<a:s><a:p>1}"),
    Shape("unclosed graphs", "", "{"),
)
NODE = "rdf:Description"
XMLNS = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:"'
RDF_XML = (
    Shape("nodes", f"<rdf:RDF {XMLNS}>", f"<{NODE}><a:p>", "", f"</a:p></{NODE}>", "</rdf:RDF>"),
    Shape("attributes", f"<rdf:RDF {XMLNS}><rdf:Description ", 'a:p{i}="1" ', "", "", "/></rdf:RDF>"),
    Shape("namespaces", f"<rdf:RDF {XMLNS} ", 'xmlns:n{i}="a:" ', "", "", "/>"),
    Shape("entities", '<!DOCTYPE r [<!ENTITY e0 "aaaaaaaa">', '<!ENTITY e{i}x "&e0;&e0;">', "]><r/>"),
    Shape("unclosed", f"<rdf:RDF {XMLNS}>", "<rdf:Description><a:p>"),
)
JSON_LD = (
    Shape("objects", "", '{"a:p":', "1", "}"),
    Shape("arrays", '{"a:p":', "[", "1", "]", "}"),
    Shape("lists", '{"a:p":', '{"@list":[', "1", "]}", "}"),
    Shape("graphs", "", '{"@id":"a:s","@graph":', '{"a:p":1}', "}"),
    Shape("contexts", '{"@context":[{}', ",{}", "", "", '],"a:p":1}'),
    Shape("term chain", '{"@context":{"t":"a:"', ',"t{i}":"t{i}a:x"', "", "", '},"a:p":1}'),
    Shape("unclosed", "", '{"a:p":['),
)
BILLION_LAUGHS = (
    '<!DOCTYPE r [<!ENTITY l0 "lollollollol">'
    + "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    + f']><rdf:RDF {XMLNS}><rdf:Description a:p="&l9;"/></rdf:RDF>'
)


def queries(shapes: Sequence[Shape], sizes: Sequence[int] = SIZES) -> list[Request]:
    return [query(shape.sized(size), _name(shape, size)) for shape in shapes for size in sizes]


def updates(sizes: Sequence[int] = SIZES) -> list[Request]:
    return [update(shape.sized(size), _name(shape, size)) for shape in UPDATES for size in sizes]


def documents(shapes: Sequence[Shape], media_type: str, sizes: Sequence[int] = SIZES) -> list[Request]:
    return [
        put("a:bomb", media_type, shape.sized(size).encode(), _name(shape, size))
        for shape in shapes
        for size in sizes
    ]


def datasets(shapes: Sequence[Shape], media_type: str, sizes: Sequence[int] = SIZES) -> list[Request]:
    return [
        merge(media_type, shape.sized(size).encode(), _name(shape, size))
        for shape in shapes
        for size in sizes
    ]


def term_chain(length: int) -> Request:
    """A JSON-LD context in which every term leads to the next."""
    terms = ",".join(f'"t{i}":"t{i + 1}:a"' for i in range(length))
    text = f'{{"@context":{{{terms}}},"t0:x":1}}'
    return put("a:bomb", "application/ld+json", text.encode(), f"term chain of {length}")


def ten_megabytes() -> list[Request]:
    """10 MB of query, as a form, directly, and as an update, which may be so long."""
    text = "SELECT * {} #" + "x" * (10 * MEGA)
    long_update = update("INSERT DATA { <a:s> <a:p> 1 } #" + "x" * (10 * MEGA), "10 MB of update")
    bracketed = Request("10 MB of brackets", "POST", "/update", b"{" * (10 * MEGA), _update_headers())
    return [
        form_query(text, "10 MB as a form"),
        query(text, "10 MB directly"),
        long_update,
        bracketed,
    ]


def _update_headers() -> dict[str, str]:
    return {**BEARER, "Content-Type": "application/sparql-update"}


def _name(shape: Shape, size: int) -> str:
    return f"{shape.name} {size // KILO} kB"

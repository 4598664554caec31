"""Which format a file is in: by the ending of its name, unless what it begins with says otherwise."""

import re

import pyoxigraph as ox

N_TRIPLES, N_QUADS = ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS
TURTLE, TRIG, N3 = ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3
RDF_XML, JSON_LD = ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD
ENDINGS = {
    ".json": JSON_LD,
    ".jsonld": JSON_LD,
    ".n3": N3,
    ".nq": N_QUADS,
    ".nt": N_TRIPLES,
    ".owl": RDF_XML,
    ".rdf": RDF_XML,
    ".rdfs": RDF_XML,
    ".trig": TRIG,
    ".ttl": TURTLE,
    ".ttls": TURTLE,
    ".turtle": TURTLE,
    ".txt": N_TRIPLES,
    ".xml": RDF_XML,
}
LINES = (N_TRIPLES, N_QUADS)
TEXTUAL = (N_TRIPLES, N_QUADS, TURTLE, TRIG)
CONVERTED = {
    ".mrk": "save it as MARCXML, as MarcEdit does, and load that by the mapping `marcxml`",
    ".ods": "save it as CSV and load that by a mapping",
    ".rda": "write it as CSV in R by `write.csv(x, fileEncoding = 'UTF-8')` and load that by a mapping",
    ".rds": "write it as CSV in R by `write.csv(x, fileEncoding = 'UTF-8')` and load that by a mapping",
    ".xls": "save it as CSV and load that by a mapping",
    ".xlsx": "save it as CSV and load that by a mapping",
    ".zip": "unpack it and load what it holds",
}
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = re.compile(rb"\s*<(\?xml\s|!DOCTYPE\s|!--|[A-Za-z_][\w.:-]*\s+[\w.:-]+\s*=)")
_ELEMENT = re.compile(rb"\s*<[A-Za-z_][\w.-]*\s*/?>")
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*(["{[\]\d-]|true|false|null))')
_LD = re.compile(rb'"@(context|id|graph|type|value)"\s*:')
_ROW = re.compile(rb"[^\n\t;,]*([\t;,])")


def looks_like(head: bytes, ending: str, is_whole: bool) -> ox.RdfFormat | str:
    """The format of a text that begins so.

    The ending decides where the text can be read so. Where it is no RDF: CSV, JSON, XML, or nothing.
    """
    named = ENDINGS.get(ending)
    if named in (*TEXTUAL, N3) and _reads(head, named, is_whole)[0]:
        return named
    if _JSON.match(head):
        return JSON_LD if _LD.search(head) else "JSON"
    if _XML.match(head) or (named not in (*TEXTUAL, N3) and _ELEMENT.match(head)):
        return RDF_XML if _RDF in head else "XML"
    if (likely := _likely(head, is_whole)) or named in (*TEXTUAL, N3):
        return likely or named or ""
    return "CSV" if _ROW.match(head) else ""


def _likely(head: bytes, is_whole: bool) -> ox.RdfFormat | None:
    """The first format that reads a text, else the one that reads most of it, if that is anything."""
    found = {format_: _reads(head, format_, is_whole) for format_ in TEXTUAL}
    best = max(found, key=lambda format_: found[format_])
    return best if found[best][1] else None


def _reads(head: bytes, format_: ox.RdfFormat, is_whole: bool) -> tuple[bool, int]:
    """Whether a text has no mistake, unless in the last line where it goes on, and how many triples."""
    count = 0
    try:
        for _ in ox.parse(head, format_, base_iri="https://example.org/", rename_blank_nodes=True):
            count += 1
    except SyntaxError as error:
        last = head.count(b"\n") + (not head.endswith(b"\n"))
        return not is_whole and (error.lineno or 0) >= last, count
    return True, count

"""Programs of a few lines that ask a query at the endpoint: for the shell, Python, R and JavaScript."""

import json
import shlex
from collections.abc import Mapping

from server.asking.snippets import Snippet


def programs(endpoint: str, fields: Mapping[str, str], is_graph: bool) -> list[Snippet]:
    """How to send these fields, the query among them, and read what comes."""
    given = {name: value.strip() for name, value in fields.items() if value.strip()}
    accept = "text/turtle" if is_graph else "text/csv"
    return [
        Snippet("curl", _curl(endpoint, given, accept)),
        Snippet("Python", _python(endpoint, given, accept, is_graph)),
        Snippet("R", _r(endpoint, given, accept, is_graph)),
        Snippet("JavaScript", _javascript(endpoint, given, is_graph)),
    ]


def _curl(endpoint: str, fields: Mapping[str, str], accept: str) -> str:
    parts = [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in fields.items()]
    return " \\\n  ".join([f"curl {shlex.quote(endpoint)}", f"--header 'Accept: {accept}'", *parts])


def _python(endpoint: str, fields: Mapping[str, str], accept: str, is_graph: bool) -> str:
    ask = (
        f"answer = requests.post({json.dumps(endpoint)}, data=fields, headers={{'Accept': '{accept}'}})\n"
        "answer.raise_for_status()\n"
    )
    pairs = "".join(f"    {json.dumps(name)}: {_in_python(value)},\n" for name, value in fields.items())
    head = (
        "import requests\nfrom rdflib import Graph\n"
        if is_graph
        else "import io\n\nimport pandas\nimport requests\n"
    )
    last = (
        'graph = Graph().parse(data=answer.text, format="turtle")'
        if is_graph
        else "table = pandas.read_csv(io.StringIO(answer.text))"
    )
    return f"{head}\nfields = {{\n{pairs}}}\n{ask}{last}"


def _in_python(value: str) -> str:
    """A text over several lines where it has several, and nothing that would have to be escaped."""
    is_plain = value.replace("\n", "").isprintable() and "\\" not in value and '"""' not in value
    return f'"""{value}"""' if "\n" in value and is_plain and not value.endswith('"') else repr(value)


def _r(endpoint: str, fields: Mapping[str, str], accept: str, is_graph: bool) -> str:
    pairs = ",\n  ".join(f"{name.replace('-', '_')} = {_in_r(value)}" for name, value in fields.items())
    ask = (
        f"library(httr2)\n\nanswer <- request({json.dumps(endpoint)}) |>\n"
        f"  req_body_form(\n  {pairs}\n  ) |>\n"
        f'  req_headers(Accept = "{accept}") |>\n  req_perform()\n'
    )
    if is_graph:
        return f'{ask}graph <- rdflib::rdf_parse(resp_body_string(answer), format = "turtle")'
    return f"{ask}table <- read.csv(text = resp_body_string(answer))"


def _in_r(value: str) -> str:
    """Over several lines where it has several, in the raw notation of R 4; else as JSON escapes it."""
    return (
        f'r"---({value})---"'
        if "\n" in value and ")---" not in value
        else json.dumps(value, ensure_ascii=False)
    )


def _javascript(endpoint: str, fields: Mapping[str, str], is_graph: bool) -> str:
    pairs = "".join(f"  {json.dumps(name)}: {_in_javascript(value)},\n" for name, value in fields.items())
    accept = "text/turtle" if is_graph else "application/sparql-results+json"
    last = (
        "const turtle = await answer.text();"
        if is_graph
        else "const rows = (await answer.json()).results.bindings;"
    )
    return (
        f"const fields = {{\n{pairs}}};\n"
        f'const answer = await fetch({json.dumps(endpoint)}, {{\n  method: "POST",\n'
        f'  headers: {{ Accept: "{accept}" }},\n  body: new URLSearchParams(fields),\n}});\n'
        f"if (!answer.ok) throw new Error(await answer.text());\n{last}"
    )


def _in_javascript(value: str) -> str:
    """As a template over several lines, in which three signs are escaped."""
    if "\n" not in value:
        return json.dumps(value, ensure_ascii=False)
    escaped = value.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{escaped}`"

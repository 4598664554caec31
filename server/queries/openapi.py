"""`/openapi.json`: every saved query with its parameters as an operation of OpenAPI 3.1."""

from collections.abc import Mapping

from loader.query.parameter import Parameter
from loader.query.saved_query import SavedQuery
from server.exports.files import Export, formats_of
from server.formats import Format
from server.queries.openapi_parts import (
    UNCHANGED,
    Schema,
    refusal_links,
    refusals,
    schemas,
    shared_parameters,
)


def openapi(queries: Mapping[str, SavedQuery], release: str, server: str) -> Schema:
    """The document for the queries of a release."""
    paths = {
        f"/queries/{name}/run": {"get": _operation(query, formats_of(query))}
        for name, query in queries.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Missions of the Special Advisers: saved queries",
            "version": release,
            "summary": "Questions about the missions of the UN Special Advisers, at addresses that stay",
            "description": (
                "Each operation is a document `queries/<name>.rq`. A suffix such as `/run.csv`, or "
                "`format=csv`, is stronger than the Accept header. Other queries are asked at `/sparql`."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": server}],
        "tags": _tags(queries),
        "paths": paths,
        "components": {"parameters": shared_parameters(), "schemas": schemas(), "responses": refusals()},
    }


def _tags(queries: Mapping[str, SavedQuery]) -> list[Schema]:
    return [{"name": tag} for tag in sorted({tag for query in queries.values() for tag in query.tags})]


def _operation(query: SavedQuery, formats: tuple[Format, ...]) -> Schema:
    names = ["release", "timeout", "explain"]
    names += ["lang"] if query.form in ("SELECT", "ASK") else []
    names += ["page", "page_size", "limit", "offset"] if query.form == "SELECT" else []
    names += ["sort", "q", "filter", "labels"] if query.form == "SELECT" else []
    names += ["evidence"]
    shared: list[Schema] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    return {
        "operationId": query.name,
        "summary": query.summary,
        "x-summary-ar": query.summary_ar,
        "description": query.description or query.summary,
        "x-description-ar": query.description_ar or query.summary_ar,
        "tags": list(query.tags),
        "externalDocs": {"description": "The query itself", "url": f"queries/{query.name}.rq"},
        "parameters": [*map(_parameter, query.parameters), _format(formats), *shared],
        "responses": {"200": _answer(query, formats), "304": UNCHANGED, **refusal_links()},
    }


def _parameter(parameter: Parameter) -> Schema:
    schema = _value_schema(parameter)
    described: Schema = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and parameter.default is None,
        "description": parameter.text("help", "en") or parameter.text("label", "en"),
        "x-description-ar": parameter.text("help", "ar") or parameter.text("label", "ar"),
        "x-label": parameter.text("label", "en"),
        "x-label-ar": parameter.text("label", "ar"),
        "schema": {"type": "array", "items": schema} if parameter.many else schema,
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
    if parameter.choices_query:
        described["x-choices-query"] = parameter.choices_query
    return described


def _value_schema(parameter: Parameter) -> Schema:
    schema, as_json = dict(parameter.of_type.schema), parameter.of_type.json
    if parameter.choices:
        schema["enum"] = [as_json(choice) for choice in parameter.choices]
    # Only numbers have a range in JSON Schema.
    mark = "x-" if schema["type"] == "string" else ""
    facts = {
        "default": parameter.default,
        f"{mark}minimum": parameter.minimum,
        f"{mark}maximum": parameter.maximum,
    }
    return schema | {name: as_json(value) for name, value in facts.items() if value is not None}


def _format(formats: tuple[Format, ...]) -> Schema:
    return {
        "name": "format",
        "in": "query",
        "description": "Wins over the Accept header.",
        "x-description-ar": "تغلب ترويسة Accept.",
        "schema": {"type": "string", "enum": [format_.name for format_ in formats]},
    }


def _answer(query: SavedQuery, formats: tuple[Format, ...]) -> Schema:
    headers: dict[str, Schema] = {
        "UN-Missions-Release": _header("The release that the answer came from."),
        "ETag": _header("One for each release, question, format and encoding."),
    }
    if query.form == "SELECT":
        headers["Link"] = _header("With `page`: first, prev, next and last (RFC 8288).")
        headers["X-Total-Count"] = _header("With `page`: the number of rows of all pages.", "integer")
    content = {format_.media_type: _content(query, format_) for format_ in formats}
    return {"description": query.summary, "headers": headers, "content": content}


def _content(query: SavedQuery, format_: Format) -> Schema:
    if format_.name == "json":
        name = "Boolean" if query.form == "ASK" else "Rows"
        return {"schema": {"$ref": f"#/components/schemas/{name}"}}
    is_packed = isinstance(format_, Export) and format_.is_packed
    return {} if is_packed else {"schema": {"type": "string"}}


def _header(description: str, type_: str = "string") -> Schema:
    return {"description": description, "schema": {"type": type_}}

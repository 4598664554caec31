"""What all operations of the OpenAPI document share: parameters, schemas and refusals."""

from server.asking.paging import FIRST_SIZE, MOST_ROWS

Schema = dict[str, object]
PROBLEM = "application/problem+json"
REFUSALS = {
    "400": "A parameter is wrong: the problem names it, its value and what is allowed.",
    "404": "There is no such release.",
    "406": "None of the requested formats is available; the problem lists them.",
    "429": "Too many long queries at once; Retry-After says when to come back.",
    "503": "A limit was met, or the server is full; nothing was cut off.",
}


def shared_parameters() -> Schema:
    """The parameters that every query has, or every one with rows."""
    number: Schema = {"type": "integer", "minimum": 1}
    switch: Schema = {"type": "boolean", "default": False}
    languages: Schema = {"type": "string", "enum": ["ar", "en"]}
    size: Schema = {**number, "maximum": MOST_ROWS, "default": FIRST_SIZE}
    text: Schema = {"type": "string"}
    several: Schema = {"type": "array", "items": text}
    seconds: Schema = {"type": "number", "exclusiveMinimum": 0}
    shared = (
        ("release", text, "An earlier release, by id, number or date.",
         "إصدار سابق بمعرّفه أو رقمه أو تاريخه."),
        ("timeout", seconds, "Seconds after which to give up.",
         "عدد الثواني قبل التوقف."),
        ("explain", switch, "Why there are no rows, as JSON.", "سبب انعدام الصفوف، بصيغة JSON."),
        ("lang", languages, "One column of labels in this language instead of two.",
         "عمود تسميات واحد بهذه اللغة بدل عمودين."),
        ("page", number, "Which page, from 1.", "رقم الصفحة ابتداء من 1."),
        ("page_size", size, "Rows of a page.", "عدد صفوف الصفحة."),
        ("limit", size, "The same as page_size; pageSize is understood too.",
         "مثل page_size، ويُفهم pageSize أيضا."),
        ("offset", {**number, "minimum": 0}, "How many rows to leave out first, in place of a page.",
         "عدد الصفوف التي تُترك قبل الأول، بدل رقم الصفحة."),
        ("sort", text, "A column to sort by; with - before it, backwards.",
         "عمود تُرتب الصفوف به، وقبله - للترتيب العكسي."),
        ("q", text, "Only rows in which these words occur.", "الصفوف التي ترد فيها هذه الكلمات فقط."),
        ("filter", several,
         "Only rows in which a column has words, as in envoy_en:Deng; every one that is given must hold.",
         "الصفوف التي ترد في عمود منها كلمات فقط، مثل envoy_ar:دينغ، ويجب أن يتحقق كل ما يُعطى منها."),
        ("labels", switch, "A column ?thingLabel beside each ?thing in which IRIs stand.",
         "عمود ?thingLabel بجانب كل عمود ?thing فيه معرّفات."),
        ("evidence", switch, "The quotations that support the things of each row, with their place.",
         "الاقتباسات التي تسند ما في كل صف، مع مواضعها."),
    )  # fmt: skip
    return {name: _query(name, english, arabic, schema) for name, schema, english, arabic in shared}


def _query(name: str, english: str, arabic: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": english, "x-description-ar": arabic, "schema": schema}


def schemas() -> Schema:
    """The shapes of results and problems."""
    text: Schema = {"type": "string"}
    number: Schema = {"type": "integer"}
    term = _object(("type", "value"), type=text, value={}, datatype=text, **{"xml:lang": text})
    row: Schema = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Term"}}
    quotation = _object(
        ("thing", "source", "address"),
        thing=text, quotation=text, source=text, start=number, end=number, address=text,
    )  # fmt: skip
    evidence: Schema = {
        "type": "array",
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Quotation"}},
    }
    head = _object((), vars={"type": "array", "items": text})
    return {
        "Term": term,
        "Quotation": quotation,
        "Rows": _object(
            ("head", "results"),
            head=head,
            results=_object(("bindings",), bindings={"type": "array", "items": row}),
            evidence=evidence,
        ),
        "Boolean": _object(("head", "boolean"), head=head, boolean={"type": "boolean"}),
        "Problem": _object(
            ("type", "title", "status", "detail"),
            type=text, title=text, status=number, detail=text, parameter=text, value=text, allowed=text,
        ),
    }  # fmt: skip


def _object(required: tuple[str, ...], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


def refusals() -> Schema:
    """A response for each status that is no result."""
    content: Schema = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        f"Problem{status}": {"description": text, "content": content} for status, text in REFUSALS.items()
    }


def refusal_links() -> Schema:
    """Those responses, as every operation names them."""
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in REFUSALS}


UNCHANGED: Schema = {"description": "The client has this answer already (If-None-Match)."}

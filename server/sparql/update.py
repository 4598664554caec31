"""`/update`: the update operation of the SPARQL 1.1 Protocol (section 2.2)."""

import io

from flask import Blueprint, Response, g, jsonify, request

from loader.query.mistakes.mistake import Remark
from server.engine.edit import Edit
from server.http.answers import describe_release
from server.http.auth import require_token
from server.http.parameters import FORM, Parameters, form_parameters, text_body, url_parameters
from server.http.state import state
from server.refusal import Refused

blueprint = Blueprint("update", __name__)
DIRECT = "application/sparql-update"


@blueprint.post("/update")
def update() -> Response:
    """Applies an update, whole or not at all, and says in which release it is."""
    require_token()
    text, parameters = _update()
    g.query_text = text
    edit = Edit(
        do="update",
        base=f"{state().settings.address}/update",
        using=list(parameters.all("using-graph-uri")),
        using_named=list(parameters.all("using-named-graph-uri")),
    )
    written = state().engine.write(edit, io.BytesIO(text.encode()))
    response = jsonify({"release": written.release})
    describe_release(response, written.release)
    return response


def _update() -> tuple[str, Parameters]:
    """The update's text and where its other parameters stand, by media type."""
    in_url = url_parameters()
    if request.mimetype == DIRECT:
        return text_body(), in_url
    if request.mimetype != FORM:
        types = {"form": FORM, "text": DIRECT, "type": request.mimetype or "?"}
        raise Refused(
            "media-type", Remark("An update is sent as %(form)s or %(text)s, not as %(type)s.", types)
        )
    form = in_url.joined(form_parameters())
    text = form.one("update")
    if form.all("query"):
        there = f"{state().settings.address}/sparql"
        remark = Remark(
            "A query is sent to %(there)s; `query` is not a field of an update.", {"there": there}
        )
        raise Refused("request", remark)
    if text is None:
        raise Refused("request", Remark("The form has no field `update`."))
    return text, form

"""`/links`: keeps the text of a query under a short address."""

from flask import Blueprint, Response, current_app, json, request

from loader.query.mistakes.mistake import Remark
from server.editor.short_links import MOST_BYTES, Links, NoRoom
from server.formats import DOCUMENT
from server.http.parameters import FORM, form_parameters
from server.http.state import state
from server.refusal import Refused
from server.token_bucket import TokenBucket

blueprint = Blueprint("links", __name__)
NAME = "unmissions.links"
# How many links one client may keep at once, and in how many seconds there is room for one more.
MOST_LINKS, SECONDS_A_LINK = 20, 15


@blueprint.post("/links")
def keep_link() -> Response:
    """Keeps a query, and says by which short address it is found again."""
    text = _text_to_keep()
    client = request.remote_addr or ""
    if seconds := _bucket().try_take(client, 1):
        message = Remark(
            "Too many links in a short time; the next can be stored in %(seconds)s s.",
            {"seconds": seconds},
        )
        raise Refused("too-many", message, retry_after=seconds)
    try:
        name = kept_links().keep(text)
    except NoRoom:
        raise Refused("storage", Remark("This server already keeps as many short links as it may.")) from None
    except OSError as error:
        raise Refused(
            "storage", Remark("The link could not be kept: %(strerror)s.", {"strerror": error.strerror})
        ) from None
    address = f"{state().settings.address}/s/{name}"
    response = Response(json.dumps({"id": name, "link": address}), 201, mimetype=DOCUMENT.media_type)
    response.headers.update({"Location": address, "Cache-Control": "no-store"})
    return response


def kept_links() -> Links:
    """The links of this server."""
    settings = state().settings
    return Links(settings.own_state / "links", settings.links)


def _text_to_keep() -> str:
    """What the form wants to be kept. Raises Refused where that cannot be."""
    if request.mimetype != FORM:
        raise Refused("media-type", Remark("A query to keep is sent as %(form)s.", {"form": FORM}))
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused("forbidden", Remark("Pages of other sites may not store links here."))
    text = (form_parameters().one("query") or "").strip()
    if not text or "\0" in text:
        raise Refused("request", Remark("The form has no field `query` with a text to keep."))
    if len(text.encode()) > MOST_BYTES:
        raise Refused(
            "too-large",
            Remark("Texts of more than %(most_bytes)s bytes are not kept.", {"most_bytes": MOST_BYTES}),
        )
    return text


def _bucket() -> TokenBucket:
    bucket = current_app.extensions.setdefault(NAME, TokenBucket(MOST_LINKS, 1 / SECONDS_A_LINK))
    assert isinstance(bucket, TokenBucket)
    return bucket

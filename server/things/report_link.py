"""Where a reader reports a mistake: the form of an issue tracker, with what is known filled in."""

from urllib.parse import urlencode

from server.http.state import state
from server.page.links import outside_link
from server.things.quotations import Quotations


def report_address(iri: str, name: str, quoted: Quotations, release: str) -> str:
    """The address of the filled form; empty where the server was given none."""
    form = state().settings.issues
    words = quoted.quoted[0].quotation.text if quoted.quoted else ""
    body = "\n\n".join(filter(None, (iri, f"Release {release}", f"> {words}" if words else "")))
    pairs = urlencode({"title": name, "body": body})
    return outside_link(f"{form}{'&' if '?' in form else '?'}{pairs}") if form else ""

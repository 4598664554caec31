"""Where a reader reports a mistake: the form of an issue tracker, or a mail, with what is known filled in."""

from urllib.parse import quote, urlencode

from server.http.state import state
from server.page.links import outside_link
from server.things.quotations import Quotations


def report_address(iri: str, name: str, quoted: Quotations, release: str) -> str:
    """The address of the filled form or mail; empty where the server was given none."""
    contact = state().settings.contact
    words = quoted.quoted[0].quotation.text if quoted.quoted else ""
    body = "\n\n".join(filter(None, (iri, f"Release {release}", f"> {words}" if words else "")))
    joined = f"{contact}{'&' if '?' in contact else '?'}"
    if contact.startswith("mailto:"):  # where a plus is no blank (RFC 6068)
        return joined + urlencode({"subject": name, "body": body}, quote_via=quote)
    return outside_link(joined + urlencode({"title": name, "body": body})) if contact else ""

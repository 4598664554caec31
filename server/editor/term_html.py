"""Terms as SPARQL writes them, but with the words of a text isolated and the IRIs leading where they name."""

from markupsafe import Markup

from server.page.html import visible, words
from server.page.links import thing_link
from server.prefixes import prefixed
from server.tables.table import Cell


def term(cell: Cell) -> Markup:
    """A term with all that belongs to it: prefix or brackets, language, datatype."""
    if cell.kind == "uri":
        return _link(cell.value)
    if cell.kind == "bnode":
        return Markup('<bdi dir="ltr">_:%s</bdi>') % visible(cell.value)
    if cell.language:
        return Markup('%s<span class="tag" dir="ltr">@%s</span>') % (
            words(cell.value, cell.language),
            cell.language,
        )
    if cell.datatype:
        name = prefixed(cell.datatype) or f"<{cell.datatype}>"
        return Markup('%s<span class="tag" dir="ltr">^^%s</span>') % (words(cell.value), visible(name))
    return words(cell.value)


def _link(iri: str) -> Markup:
    content = Markup('<bdi dir="ltr">%s</bdi>') % visible(prefixed(iri) or f"<{iri}>")
    address = thing_link(iri)
    if not address:
        return content
    elsewhere = Markup("") if address.startswith("/") else Markup(' rel="external noreferrer"')
    return Markup('<a href="%s"%s>%s</a>') % (address, elsewhere, content)

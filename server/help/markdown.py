"""Markdown of the project as HTML: tables, headings with names, links that lead to pages of this server."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# Marks of what is generated or run by tests; readers need not see them.
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_NO_NAME = re.compile(r"[^\w\- ]")
# HTML within the text is shown as text, and only addresses of the web and of mail become links.
PARSER = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
# A name of a program that is no longer than this stays in one line.
_SHORT = 16

Leads = Callable[[str], str]


class HtmlText(NamedTuple):
    """A text as HTML, with what its first heading says."""

    title: str
    content: Markup


def rendered(text: str, leads: Leads) -> HtmlText:
    """The HTML of a text; `leads` says where a link goes, and nothing for one that leads nowhere here."""
    tokens = PARSER.parse(_COMMENT.sub("", text))
    _name_headings(tokens)
    for token in tokens:
        for one in (token, *(token.children or ())):
            _dress(one)
        token.children = list(_linked(token.children or (), leads))
    return HtmlText(_title(tokens), Markup(PARSER.renderer.render(tokens, PARSER.options, {})))


def anchor(heading: str) -> str:
    """The name of a heading within its page, as those who write links to it know it."""
    return _NO_NAME.sub("", heading.strip().lower()).replace(" ", "-")


def _name_headings(tokens: list[Token]) -> None:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", anchor(_plain(inline)))


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())


def _title(tokens: list[Token]) -> str:
    headings = (_plain(after) for token, after in pairwise(tokens) if token.tag == "h1")
    return next(headings, "")


def _dress(token: Token) -> None:
    """Only the language of a block is kept of what stands behind it; tables scroll, and names stay whole."""
    token.info = token.info.partition(" ")[0]
    if token.type == "table_open":
        token.attrSet("tabindex", "0")
    if token.type == "code_inline" and len(token.content) <= _SHORT:
        token.attrSet("class", "whole")


def _linked(tokens: Iterable[Token], leads: Leads) -> Iterable[Token]:
    """Links lead to where they can be followed here; one that leads nowhere is its words alone."""
    is_dead = False
    for token in tokens:
        if token.type == "link_open":
            address = leads(str(token.attrGet("href") or ""))
            is_dead = not address
            token.attrSet("href", address)
        if not (is_dead and token.type in ("link_open", "link_close")):
            yield token

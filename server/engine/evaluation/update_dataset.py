"""Writes the dataset that the protocol names into an update (SPARQL 1.1 Protocol, section 2.2.3)."""

from collections.abc import Sequence

from loader.query.tokens import Token, tokens


class DatasetNamedTwice(ValueError):
    """Both the request and the update's own USING or WITH name a dataset."""


def with_dataset(text: str, using: Sequence[str], using_named: Sequence[str]) -> str:
    """The update with USING clauses before the WHERE of each of its operations.

    Raises DatasetNamedTwice.
    """
    if not using and not using_named:
        return text
    clauses = [f"USING <{iri}>" for iri in using] + [f"USING NAMED <{iri}>" for iri in using_named]
    inserted = " ".join(clauses) + " "
    parts, end = [], 0
    for token, pattern in _wheres(text):
        template = f"{{{pattern}}} " if pattern is not None else ""
        parts += [text[end : token.start], template, inserted]
        end = token.start
    return "".join([*parts, text[end:]])


def _wheres(text: str) -> list[tuple[Token, str | None]]:
    """Each WHERE between two braces' blocks; behind DELETE WHERE, also the pattern that is its template."""
    found: list[tuple[Token, str | None]] = []
    all_tokens = list(tokens(text))
    depth = 0
    for index, token in enumerate(all_tokens):
        depth += (token.text == "{") - (token.text == "}")
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise DatasetNamedTwice("The dataset is named both by the request and in the update.")
        if word == "WHERE":
            shorthand = all_tokens[index - 1].text.upper() == "DELETE" if index else False
            found.append((token, _block(text, all_tokens[index + 1 :]) if shorthand else None))
    return found


def _block(text: str, following: list[Token]) -> str:
    """What stands between the first brace and the one that closes it."""
    depth = 0
    for token in following:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return text[following[0].end : token.start]
    return ""

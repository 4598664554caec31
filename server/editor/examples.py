"""The saved queries as the editor offers them: by subject, each with a text that runs as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery
from server.queries.pages import by_subject


@dataclass(frozen=True)
class Example:
    """A saved query, and its text with the default values and its question as a comment."""

    query: SavedQuery
    text: str


def examples(queries: Mapping[str, SavedQuery], language: str) -> list[tuple[str, list[Example]]]:
    """Those that can be run without a value of their own, by subject."""
    groups = [
        (subject, [Example(query, text) for query in group if (text := example_text(query, language))])
        for subject, group in by_subject(queries.values())
    ]
    return [(subject, group) for subject, group in groups if group]


def example_text(query: SavedQuery, language: str) -> str:
    """The text that a call without values runs, or nothing where it needs one."""
    try:
        bound = query.bind({})
    except WrongParameter:
        return ""
    lines = [line for line in bound.splitlines() if not line.startswith("#+")]
    question = query.question(language)
    return "\n".join([f"# {question}", *lines]).strip()

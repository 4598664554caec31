"""The documents that are shown as pages: `docs/` as `/help`, and what the project says about itself."""

from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

from loader.inputs import PROJECT
from server.help.markdown import HtmlText, rendered
from server.page.links import outside_link

DOCS = PROJECT / "docs"
HERE = Path(__file__).parent
FIRST = "README"


def names() -> tuple[str, ...]:
    """The documents by the end of their addresses."""
    found = (path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md"))
    return tuple(sorted(found))


@cache
def document(name: str) -> HtmlText | None:
    """A document of the project; None where there is none of that name."""
    if name not in names():
        return None
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    return rendered(text, lambda target: leads(f"docs/{name}.md", target))


@cache
def first(language: str) -> tuple[HtmlText, str]:
    """The list of them in the reader's language, or else in English, and which of the two it is."""
    translated = HERE / f"first.{language}.md"
    path, spoken = (translated, language) if translated.is_file() else (DOCS / f"{FIRST}.md", "en")
    text = rendered(path.read_text(encoding="utf-8"), lambda target: leads(f"docs/{FIRST}.md", target))
    return text, spoken


@cache
def about(language: str) -> HtmlText:
    """What the project is, who made it and how it may be used."""
    text = (HERE / f"about.{language}.md").read_text(encoding="utf-8")
    return rendered(text, lambda target: target if target.startswith("/") else outside_link(target))


def leads(document: str, target: str) -> str:
    """Where a link of a document goes on this server; nothing for a file that it does not show."""
    path, mark, fragment = target.partition("#")
    if not path or "://" in path:
        return outside_link(target) if path else target
    page = _page_of(normpath(f"{dirname(document)}/{path}"))
    return page + mark + fragment if page else ""


def _page_of(file: str) -> str:
    """The page of a file of the project, if it has one."""
    folder, _, name = file.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if folder.split("/")[0] == "docs" and ending == "md":
        inner = "/".join([*folder.split("/")[1:], stem])
        return "/help" if inner == FIRST else f"/help/{inner}"
    if folder == "queries" and ending == "rq":
        return f"/queries/{stem}"
    return {"queries": "/queries", "ontology/unm.ttl": "/ontology"}.get(file, "")

"""The one environment of the templates: pages in the language of a request, files in a given one."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from server.i18n.dates import date_text
from server.i18n.languages import direction, language
from server.i18n.texts import texts
from server.page import static
from server.page.compiled_templates import compiled_templates
from server.page.html import breakable, cell, in_short, told, unmarked, visible, whole_dates, words
from server.page.links import here, link, outside_link, thing_link

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def environment() -> Environment:
    """The templates with their functions; whatever is put into marked-up text is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=_is_marked_up,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(Path(__file__)),
        auto_reload=False,  # to look whether files have changed costs a page 30 system calls
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext
    )
    made.filters.update(
        visible=visible,
        breakable=breakable,
        in_short=in_short,
        unmarked=unmarked,
        date=_date,
        whole_dates=whole_dates,
    )
    made.globals["ngettext"] = _counted  # which that of Jinja gives without marks in large numbers
    made.globals.update(link=link, here=here, outside_link=outside_link, thing_link=thing_link)
    made.globals.update(words=words, cell=cell, told=told)
    made.globals["_"] = _translated  # which `gettext` of Jinja gives the same, but formats each time
    made.globals.update(direction=direction)
    made.globals.update(static=static.static_link, built=static.built_link)
    return made


def render_file(template: str, language: str, **values: object) -> str:
    """A file in a language, made without a request at hand."""
    return environment().get_template(template).render(language=language, **values) + "\n"


def _is_marked_up(name: str | None) -> bool:
    return name is not None and not name.endswith(".txt")


def _language(context: Context) -> str:
    """What a file is given, else what the reader of the page wants: a macro knows its page no more."""
    given: str = context.get("language", "")
    return given or language()


@pass_context
def _date(context: Context, edtf: str) -> str:
    return date_text(edtf, _language(context))


@pass_context
def _translated(context: Context, message: str, **values: object) -> str:
    text = _marked(_language(context), message) if context.eval_ctx.autoescape else _gettext(context, message)
    return text % values if values or "%" in text else text


@cache
def _marked(language: str, message: str) -> Markup:
    return Markup(texts(language).gettext(message))


@pass_context
def _gettext(context: Context, message: str) -> str:
    return texts(_language(context)).gettext(message)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, number: int) -> str:
    return texts(_language(context)).ngettext(singular, plural, number)


@pass_context
def _counted(context: Context, singular: str, plural: str, number: int, **values: object) -> str:
    text = _ngettext(context, singular, plural, number)
    marked = Markup(text) if context.eval_ctx.autoescape else text
    return marked % {"num": f"{number:,}", **values}


@pass_context
def _pgettext(context: Context, in_context: str, message: str) -> str:
    return texts(_language(context)).pgettext(in_context, message)

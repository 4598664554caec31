"""Which format a request gets: the one it names, else the best of those that it accepts."""

from flask import Request
from werkzeug.datastructures import MIMEAccept

from server.formats import GRAPHS, RESULTS, Format
from server.refusal import Refused


def wanted(request: Request, formats: tuple[Format, ...], name: str | None = None) -> Format:
    """The format named here or in the address, else the best of the Accept header, else the first.

    Raises Refused.
    """
    name = name or request.args.get("format")
    if name is not None:
        return _named(name, formats)
    accepted = _accepted(request)
    if not accepted:
        return formats[0]
    best = max(formats, key=lambda format_: _rank(format_, accepted))
    if _rank(best, accepted)[0] == 0:
        raise Refused("not-acceptable", f"None of these is accepted: {_listed(formats)}.")
    return best


def by_suffix(suffix: str, formats: tuple[Format, ...], *others: str) -> Format:
    """The format that a suffix names; `others` are suffixes that stand for something else. Raises Refused."""
    for format_ in formats:
        if format_.name == suffix:
            return format_
    names = ", ".join(f".{name}" for name in (*others, *(format_.name for format_ in formats)))
    raise Refused("not-acceptable", f".{suffix[:20]} is none of {names}.")


def _rank(format_: Format, accepted: MIMEAccept) -> tuple[float, int]:
    """The q of a format; among equals the one named first goes before those that a wildcard takes in.

    Only the format's own type is what a wildcard takes in; an alias counts where it is named outright.
    """
    order = [type_ for type_, _ in accepted]
    named = [type_ for type_ in (format_.media_type, *format_.aliases) if type_ in order]
    quality = max(accepted.quality(type_) for type_ in (format_.media_type, *named))
    return quality, -min((order.index(type_) for type_ in named), default=len(order))


def _accepted(request: Request) -> MIMEAccept:
    """The Accept header without parameters such as a charset, which choose nothing here."""
    return MIMEAccept([(value.partition(";")[0].strip().lower(), q) for value, q in request.accept_mimetypes])


def _named(name: str, formats: tuple[Format, ...]) -> Format:
    for format_ in formats:
        if name in (format_.name, format_.media_type, *format_.aliases):
            return format_
    raise Refused("not-acceptable", f"format={name} is none of {', '.join(f.name for f in formats)}.")


def _listed(formats: tuple[Format, ...]) -> str:
    return ", ".join(format_.media_type for format_ in formats)


def is_browser(request: Request) -> bool:
    """Whether a page is wanted rather than data: HTML is named outright and nothing of ours before it."""
    accepted = _accepted(request)
    types = [format_.media_type for format_ in (*RESULTS, *GRAPHS)]
    return (
        "format" not in request.values
        and accepted["text/html"] > 0
        and any(type_ == "text/html" for type_, _ in accepted)
        and accepted.best_match(["text/html", *types, "application/json"]) == "text/html"
    )

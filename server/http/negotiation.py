"""Which format a request gets: the one it names, else the best of those that it accepts."""

import re
from dataclasses import replace

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Remark
from server.formats import GRAPHS, HTML, RESULTS, Format, names_of
from server.http.parameters import FORMAT_NAMES, Parameters, asked_format
from server.refusal import Refused

_JAVA = re.compile(r"text/html, ?image/gif, ?image/jpeg,")
_QUALITY, _LONE = re.compile(r"(?<=[; ])q=\."), re.compile(r"(?<![^,\s])\*(?=\s*(?:[;,]|$))")


def wanted(
    request: Request,
    formats: tuple[Format, ...],
    parameters: Parameters | None = None,
    what: Remark | None = None,
    halved: tuple[Format, ...] = (),
) -> Format:
    """The format that these parameters, or those of the address, name; else the best of the Accept header,
    else the first. `what` is a sentence that tells why these are the formats.

    Those that are `halved` serve a client half as well as others (RFC 9110, section 12.1). Raises Refused.
    """
    pairs = parameters.pairs() if parameters else request.args.items(multi=True)
    if name := asked_format(pairs):
        return _named(name, formats, what)
    accepted = _accepted(request)
    if not accepted:
        return formats[0]
    best = max(formats, key=lambda format_: _rank(format_, accepted, halved))
    if _rank(best, accepted, halved)[0] == 0:
        remark = Remark(
            "None of these is accepted: %(formats)s.",
            {"formats": listed(format_.media_type for format_ in formats)},
        )
        raise Refused("not-acceptable", _after(what, remark))
    return best


def by_suffix(suffix: str, formats: tuple[Format, ...], *others: str) -> Format:
    """The format that a suffix names; `others` are suffixes that stand for something else. Raises Refused."""
    for format_ in formats:
        if format_.name == suffix:
            return format_
    names = listed((*others, *(format_.name for format_ in formats)))
    raise Refused(
        "not-acceptable",
        Remark(
            "The ending %(suffix)s is not known at this address; there are %(names)s.",
            {"suffix": suffix[:20], "names": names},
        ),
    )


def _rank(format_: Format, accepted: MIMEAccept, halved: tuple[Format, ...]) -> tuple[float, int]:
    """The q of a format; among equals the one named first goes before those that a wildcard takes in.

    Only the format's own type is what a wildcard takes in; an alias counts where it is named outright.
    """
    order = [type_ for type_, _ in accepted]
    named = [type_ for type_ in (format_.media_type, *format_.aliases) if type_ in order]
    quality = max(accepted.quality(type_) for type_ in (format_.media_type, *named))
    quality /= 2 if format_ in halved else 1
    return quality, -min((order.index(type_) for type_ in named), default=len(order))


def _accepted(request: Request) -> MIMEAccept:
    """The Accept header without parameters such as a charset, which choose nothing here.

    A lone `*` and a q without its nought are not HTTP, but what Java sends.
    """
    line = _QUALITY.sub("q=0.", _LONE.sub("*/*", request.headers.get("Accept", "")))
    read = parse_accept_header(line, MIMEAccept)
    return MIMEAccept([(value.partition(";")[0].strip().lower(), q) for value, q in read])


def _named(name: str, formats: tuple[Format, ...], what: Remark | None) -> Format:
    for format_ in formats:
        if name in (format_.name, format_.media_type, *format_.aliases):
            return format_
    names = listed(format_.name for format_ in formats)
    remark = Remark("format=%(name)s is not one of %(names)s.", {"name": name[:60], "names": names})
    raise Refused("not-acceptable", _after(what, remark))


def _after(first: Remark | None, remark: Remark) -> Remark:
    return replace(first, then=remark) if first else remark


def is_browser(request: Request) -> bool:
    """Whether a page is wanted rather than data: HTML is named outright and nothing of ours before it.

    What the address names goes before what the client accepts.
    Java names HTML where nobody asked for it: with images, and before Java 17 with a lone `*`.
    """
    named = [value for name in FORMAT_NAMES for value in request.values.getlist(name) if value]
    if named:
        return all(HTML.media_type in names_of(value.strip().lower()) for value in named)
    accepted = _accepted(request)
    types = [format_.media_type for format_ in (*RESULTS, *GRAPHS)]
    return (
        accepted["text/html"] > 0
        and not (_JAVA.match(request.headers["Accept"]) or _LONE.search(request.headers["Accept"]))
        and any(type_ == "text/html" for type_, _ in accepted)
        and accepted.best_match(["text/html", *types, "application/json"]) == "text/html"
    )

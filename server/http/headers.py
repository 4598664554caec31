"""Headers that every answer has: what a browser may do with it, and who may read it from elsewhere."""

from flask import Flask, Response, g, request

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
READING = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Retry-After, UN-Missions-Release, X-Request-ID, X-Total-Count"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    # What clients in browsers send without being asked: a header that is not listed ends their request.
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-Modified-Since, "
        "If-None-Match, Pragma, Range, User-Agent, X-Requested-With, X-SPARQL-Client"
    ),
    "Access-Control-Max-Age": "86400",
}
WRITE_ADDRESSES = ("/update",)


def init_app(app: Flask) -> None:
    """Adds the headers to every response; a page of another origin may read, but not write."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.update(SECURITY)
    if source := g.get("style_source"):  # the styles of the editor's script or of a picture
        policy = SECURITY["Content-Security-Policy"].replace("style-src 'self'", f"style-src 'self' {source}")
        response.headers["Content-Security-Policy"] = policy
    if g.get("may_be_framed"):
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors *"
        )
    if not request.path.startswith(WRITE_ADDRESSES):
        response.headers.update(READING)
        if request.method == "OPTIONS":
            response.headers.update(PREFLIGHT)
    return response

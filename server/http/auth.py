"""Who may write: whoever bears the token."""

import hmac

from flask import request

from server.http.state import state
from server.refusal import Refused


def require_token() -> None:
    """Lets the request at hand go on if it bears the token.

    Raises Refused: 403 where nobody may write, 401 where the token is missing or wrong.
    """
    token = state().write_token
    if not token:
        raise Refused("forbidden", "Writing is switched off here: the server was started without a token.")
    if not bears(token, request.headers.get("Authorization", "")):
        raise Refused(
            "unauthorized", "Send the header `Authorization: Bearer` with the token of this server."
        )


def bears(token: str, authorization: str) -> bool:
    """Compares in constant time, so that nobody learns the token byte by byte."""
    scheme, _, given = authorization.partition(" ")
    matches = hmac.compare_digest(given.strip().encode(), token.encode())
    return bool(token) and scheme.lower() == "bearer" and matches

"""Who may write: whoever bears the token."""

import base64
import hmac

from flask import request

from loader.query.mistakes.mistake import Remark
from server.http.state import state
from server.refusal import Refused


def require_token() -> None:
    """Lets the request at hand go on if it bears the token.

    Raises Refused: 403 where nobody may write, 401 where the token is missing or wrong.
    """
    token = state().write_token
    if not token:
        raise Refused(
            "forbidden", Remark("Writing is switched off here: the server was started without a token.")
        )
    if not bears(token, request.headers.get("Authorization", "")):
        raise Refused(
            "unauthorized", Remark("Send the header `Authorization: Bearer` with the token of this server.")
        )


def bears(token: str, authorization: str) -> bool:
    """Compares in constant time, so that nobody learns the token byte by byte."""
    scheme, _, given = authorization.partition(" ")
    given = _password(given) if scheme.lower() == "basic" else given.strip()
    matches = hmac.compare_digest(given.encode(), token.encode())
    return bool(token) and scheme.lower() in ("bearer", "basic") and matches


def _password(credentials: str) -> str:
    """The password of Basic authentication (RFC 7617), whoever the user is said to be."""
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return ""

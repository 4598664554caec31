"""The other client, in a process of its own: small queries, each a new one, until its input ends.

`python -m tests.programs.heavy.prober PORT` prints a JSON list of [status, milliseconds] at the end.
"""

import http.client
import json
import select
import sys
import time
from urllib.parse import quote

SOURCE = "127.0.0.2"
PAUSE = 0.03
QUERY = """SELECT ?label WHERE {
  <https://w3id.org/un-missions/mission/2012-abuja> <http://www.w3.org/2000/01/rdf-schema#label> ?label
} # """


def main() -> None:
    port = int(sys.argv[1])
    seen: list[tuple[int, float]] = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        began = time.monotonic()
        status = _ask(port, len(seen))
        seen.append((status, (time.monotonic() - began) * 1000))
    print(json.dumps(seen))


def _ask(port: int, number: int) -> int:
    """The status of one query on a new connection; 0 without an answer, 1 for an answer without a row."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=(SOURCE, 0))
    try:
        connection.request("GET", f"/sparql?query={quote(QUERY + str(number))}")
        response = connection.getresponse()
        is_row = b'"label"' in response.read()
        return response.status if is_row or response.status != 200 else 1
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    main()

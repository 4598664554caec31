"""Speaks HTTP with the endpoint under test and knows which dataset it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from .answers import read_answer
from .cases import Mismatch
from .dataset import Dataset
from .results import JSON, Table
from .rows import Row

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
WHOLE_DATASET = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@dataclass(frozen=True)
class Endpoint:
    """Where queries, updates and graphs are sent, and the token that opens the last two."""

    query: str
    update: str
    graphs: str
    token: str | None = field(default=None, repr=False)

    def authorization(self) -> dict[str, str]:
        """The header that a write needs; none without a token."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


class Session:
    """One run against an endpoint; it resets the data only where they are not those wanted."""

    def __init__(self, endpoint: Endpoint, timeout: float = 60.0) -> None:
        self.endpoint = endpoint
        self.writes = 0
        self._client = httpx.Client(timeout=timeout)
        self._loaded: str | None = None

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        is_write: bool = False,
    ) -> httpx.Response:
        """Makes this very request, on a connection that nothing left over from it can spoil."""
        own = {**headers, "Connection": "close"}
        if is_write:
            self._write()
            own |= self.endpoint.authorization()
        return self._client.send(httpx.Request(method, url, headers=own, content=body))

    def query(self, text: bytes, accept: str) -> httpx.Response:
        """Asks a query directly by POST."""
        headers = {"Content-Type": QUERY, "Accept": accept}
        return self._client.post(self.endpoint.query, content=text, headers=headers)

    def update(self, text: bytes) -> httpx.Response:
        """Sends an update directly by POST."""
        self._write()
        headers = {"Content-Type": UPDATE, **self.endpoint.authorization()}
        return self._client.post(self.endpoint.update, content=text, headers=headers)

    def keep(self, dataset: Dataset) -> None:
        """Notes that the endpoint was seen to hold this dataset, so that a reset can be spared."""
        self._loaded = dataset.as_update()

    def load(self, dataset: Dataset) -> None:
        """Leaves the endpoint with this dataset and nothing else, in one write or none."""
        text = dataset.as_update()
        if text == self._loaded:
            return
        response = self.update(text.encode())
        if not response.is_success:
            raise Mismatch(f"the data could not be set up: {described(response)}")
        self._loaded = text

    def statements(self) -> list[Row]:
        """Every statement the endpoint holds, with its graph."""
        response = self.query(WHOLE_DATASET.encode(), JSON)
        if not response.is_success:
            raise Mismatch(f"the dataset could not be read back: {described(response)}")
        answer = read_answer(response.content, response.headers.get("Content-Type", ""))
        if not isinstance(answer, Table) or answer.variables != ("g", "o", "p", "s"):
            raise Mismatch(f"the dataset was not read back as asked: {described(response)}")
        return [(s, p, o, g) for g, o, p, s in answer.rows]

    def _write(self) -> None:
        self.writes += 1
        self._loaded = None


def described(response: httpx.Response) -> str:
    """The status and the beginning of what was said with it, for a reason."""
    text = " ".join(response.text.split())
    return f"{response.status_code} {response.reason_phrase}: {text[:200]}"

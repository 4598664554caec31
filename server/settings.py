"""The settings of a server, each a flag of `unmissions serve` and a variable `UNMISSIONS_…`."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1 << 20
# What workers are told beside the settings.
IS_WRITABLE, RELAY = "is_writable", "relay"


class Settings(BaseSettings):
    """What a person who runs the server can set; sizes in MiB, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="UNMISSIONS_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")
    store: Path = Field(default=Path("store"), description="Directory of the releases")
    state: Path | None = Field(
        None, description="Directory of short links and dumps, where it is not that of the releases"
    )
    follow: str = Field(
        default="",
        description="Primary, folder or object store whose releases are taken over; the server is a replica",
    )
    follow_every: float = Field(default=1.0, ge=0.1, description="Seconds between two looks at the source")
    primary: str = Field(
        default="",
        description="Address of the server to which a replica sends writes; with it the store is only read",
    )
    most_stale: float = Field(
        default=0.0,
        ge=0,
        description="Seconds for which a replica may lack a newer release and be ready; 0 for any time",
    )
    activate_in: float = Field(
        default=0.0, ge=0, le=600, description="Seconds after which what is written answers, on replicas too"
    )
    timeout: float = Field(
        default=30.0, gt=0, description="Most seconds a query may take until its first byte"
    )
    memory: int = Field(default=1024, ge=64, description="Most MiB of memory one query may take")
    workers: int = Field(default=2 * (os.cpu_count() or 1), ge=2, description="Queries that run at a time")
    queue: int = Field(default=64, ge=1, description="Queries that may wait for a place")
    in_memory: int = Field(default=1024, ge=0, description="Most MiB for holding the release in memory")
    engine: str = Field(
        default="",
        description="Address of another SPARQL engine in which the releases of the store were published",
    )
    engine_credentials: Path | None = Field(
        None, description="File with what that engine wants: user:password, or a header such as Bearer TOKEN"
    )
    default_graph: Literal["union", "unnamed"] = Field(
        "union",
        description="What queries see as the default graph: the merge of all graphs, or the unnamed graph",
    )
    base_url: str = Field(
        "", description="Public address of this server, where it is not the one it listens on"
    )
    contact: str = Field(
        default="",
        description="Where errors are reported: the form of an issue tracker, or mailto:; it is filled in",
    )
    token_file: Path | None = Field(
        None, description="File with the token that writes need; without one nobody writes"
    )
    token: str = Field(
        default="", description="The token itself; only as environment variable, never as a flag"
    )
    services: str = Field(
        default="", description="Endpoint addresses that SERVICE may name, separated by commas"
    )
    query_bytes: int = Field(default=100_000, ge=1, description="Most bytes of a query, beyond its VALUES")
    query_depth: int = Field(default=200, ge=1, description="How deep a query may be nested")
    body: int = Field(default=64, ge=1, description="Most MiB of a body that writes")
    burst: float = Field(
        default=120.0,
        gt=0,
        description="Seconds of long queries a client may take at once; half comes back a minute",
    )
    proxies: str = Field(
        default="", description="Addresses of proxies whose X-Forwarded-For counts, by commas"
    )
    links: int = Field(default=50_000, ge=0, description="Short links that are kept at most; 0 keeps none")
    cache: int = Field(default=64, ge=0, description="MiB of answers kept in the cache")
    mcp: bool = Field(default=False, description="Whether /mcp has tools for language models")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged"
    )

    @field_validator("store", "state")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        """The processes that read it have another working directory."""
        return value and value.resolve()

    @field_validator("primary", "engine")
    @classmethod
    def _a_server(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("it is no address that begins with http:// or https://")
        if "@" in urlsplit(value).netloc:
            raise ValueError("it holds credentials, which belong into a file")
        return value

    @field_validator("base_url", "primary")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def write_token(self) -> str:
        """The token that writes must bear, or an empty string where nobody may write.

        Nobody may on a replica, and where the data are in another engine.
        """
        return "" if self.is_replica or self.engine else self.known_token

    @property
    def known_token(self) -> str:
        """The token that was given: that of this server, or of the primary that a replica follows."""
        if self.token_file:
            return self.token_file.read_text(encoding="utf-8").strip()
        return self.token

    @property
    def is_replica(self) -> bool:
        """Whether the releases are made elsewhere: nothing is built, written or pruned here."""
        return bool(self.follow or self.primary)

    @property
    def is_shared(self) -> bool:
        """Whether the store directory is made by others, and only read."""
        return (self.is_replica and not self.follow) or bool(self.engine)

    @property
    def own_state(self) -> Path:
        """The directory of what is this server's own: short links and dumps."""
        return self.state or self.store

    def for_workers(self, relay: str = "") -> dict[str, object]:
        """The same as JSON for processes that read text from outside: whether there is a token, not which.

        `relay` is where they reach another engine, without its credentials.
        """
        told = self.model_dump(mode="json", exclude={"token", "token_file", "engine_credentials"})
        return {**told, IS_WRITABLE: bool(self.write_token), RELAY: relay}

    @property
    def allowed_services(self) -> frozenset[str]:
        return _listed(self.services)

    @property
    def trusted_proxies(self) -> frozenset[str]:
        return _listed(self.proxies)

    @property
    def address(self) -> str:
        """Where people reach this server."""
        return self.base_url or f"http://{self.host}:{self.port}"


def _listed(text: str) -> frozenset[str]:
    """The parts of a list with commas."""
    return frozenset(filter(None, (part.strip() for part in text.split(","))))

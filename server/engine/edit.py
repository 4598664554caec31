"""A write as it was asked for, and the entity tags by which it may be conditional."""

from dataclasses import asdict, dataclass, field

ALL_GRAPHS = "*"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One write: `update` (SPARQL), or `put`, `post`, `delete` of a graph.

    An empty graph is the unnamed one, `*` stands for all of them, with the names that the body gives.

    `parts` are the media types and lengths in bytes of what the body holds in turn; -1 is the rest.
    `if_match` and `if_none_match` are lists of entity tags, or `*`.
    """

    do: str
    graph: str = ""
    parts: list[tuple[str, int]] = field(default_factory=list)
    base: str = ""
    using: list[str] = field(default_factory=list)
    using_named: list[str] = field(default_factory=list)
    if_match: list[str] = field(default_factory=list)
    if_none_match: list[str] = field(default_factory=list)

    @property
    def is_conditional(self) -> bool:
        return bool(self.if_match or self.if_none_match)

    def to_message(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: dict[str, object]) -> "Edit":
        return cls(**message)  # type: ignore[arg-type]  # what `to_message` made

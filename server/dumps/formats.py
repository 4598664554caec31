"""The files that a release can be had as."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DumpFormat:
    """A file: its suffix, the media type of what is sent, and that of the RDF inside."""

    suffix: str
    media_type: str
    rdf: str

    @property
    def name(self) -> str:
        """What the file is called in every release."""
        return f"un-missions.{self.suffix}"


FORMATS = (
    DumpFormat("nq.gz", "application/gzip", "application/n-quads"),
    DumpFormat("ttl", "text/turtle", "text/turtle"),
    DumpFormat("jsonld", "application/ld+json", "application/ld+json"),
)
BY_NAME = {format_.name: format_ for format_ in FORMATS}
BY_SUFFIX = {format_.suffix: format_ for format_ in FORMATS}
CHECKSUMS = "SHA256SUMS"

"""Begins the file of a mission: every property that is needed, with a comment that says what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from loader.curation.turtle_text import NotWritten, fill, slug_of, write_new
from loader.input_checks import OPEN
from loader.inputs import Inputs


@dataclass(frozen=True, kw_only=True)
class NewMission:
    """The slug of a mission, and what is known of it beforehand: slugs of sections and the envoy, a date."""

    slug: str
    sections: Sequence[str] = ()
    envoy: str = ""
    date: str = ""


def write_mission(inputs: Inputs, new: NewMission) -> Path:
    """Raises NotWritten where the slug is none or its file is there already."""
    if slug_of(new.slug) != new.slug:
        raise NotWritten(f"{new.slug!r} is no slug: write the year and the place, such as 2014-ottawa.")
    path = inputs.root / "data/missions" / f"{new.slug}.ttl"
    text = fill(
        "mission.ttl",
        comment=f"The mission {new.slug}.",
        slug=new.slug,
        sections=", ".join(f"<section/{slug}>" for slug in new.sections or [OPEN]),
        envoy=f"<person/{new.envoy or OPEN}>",
        date=new.date or OPEN,
    )
    write_new(path, text)
    return path

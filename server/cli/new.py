"""The commands that begin a curator's file: `unmissions new source`, `new mission` and `new place`."""

from pathlib import Path

import click

from loader.inputs import Inputs
from server.cli.options import fail, inputs_option

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def new() -> None:
    """Begin a file of the data: with what is known, and … where something is to be filled in."""


@new.command("source")
@inputs_option
@click.argument("text", type=FILE)
@click.option("--language", required=True, metavar="TAG", help="Language of the text, such as ar, en or fr.")
@click.option("--address", default="", metavar="IRI", help="Where the text was read.")
@click.option("--translate", multiple=True, metavar="TAG", help="Also a file for a translation into this.")
def source(inputs: Path, text: Path, language: str, address: str, translate: tuple[str, ...]) -> None:
    """Take a text file in as a source: its checksum, its sections by their headings, its sentences."""
    from loader.curation.new_source import NewSource, write_source
    from loader.curation.turtle_text import NotWritten
    from loader.problems import BuildRefused

    asked = NewSource(text=text, language=language, address=address, translations=translate)
    project = Inputs(inputs.resolve())
    try:
        for path in write_source(project, asked):
            click.echo(project.name(path))
    except (NotWritten, BuildRefused) as reason:
        fail(reason)


@new.command("mission")
@inputs_option
@click.argument("slug")
@click.option("--section", multiple=True, metavar="SLUG", help="A section that tells of it; may be repeated.")
@click.option("--envoy", default="", metavar="SLUG", help="Who went, a person of the graph.")
@click.option("--date", default="", metavar="EDTF", help="When, such as 2014-02-25.")
def mission(inputs: Path, slug: str, section: tuple[str, ...], envoy: str, date: str) -> None:
    """Begin the file of a mission, with a comment at everything that it needs."""
    from loader.curation.new_mission import NewMission, write_mission
    from loader.curation.turtle_text import NotWritten

    asked = NewMission(slug=slug, sections=section, envoy=envoy, date=date)
    project = Inputs(inputs.resolve())
    try:
        click.echo(project.name(write_mission(project, asked)))
    except NotWritten as reason:
        fail(reason)


@new.command("place")
@inputs_option
@click.argument("name")
@click.option("--country", default="", metavar="ISO", help="The country of a city, by its two letters.")
@click.option("--show", is_flag=True, help="Only show the Turtle, write nothing.")
def place(inputs: Path, name: str, country: str, show: bool) -> None:
    """Add a country or region by its name or code, or a city by its name, with what lies above it."""
    from loader.curation.new_place import PlaceWriter, write_place
    from loader.curation.turtle_text import NotWritten

    project = Inputs(inputs.resolve())
    try:
        if show:
            proposal = PlaceWriter(project).propose(name, country)
        else:
            proposal = write_place(project, name, country)
    except NotWritten as reason:
        fail(reason)
    click.echo(f"# data/reference/places.ttl\n{proposal.places}\n# data/links/places.ttl\n{proposal.links}")
    if proposal.mappings:
        click.echo(f"\n# data/links/places.sssom.tsv\n{proposal.mappings}", nl=False)

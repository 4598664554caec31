"""The command line `unmissions`."""

import sys
from importlib import import_module

import click

# Every command, in the order in which they are told, and the module that has it under the same name.
COMMANDS = {
    "build": "build",
    "check": "build",
    "new": "new",
    "load": "datasets",
    "unload": "datasets",
    "query": "query",
    "report": "report",
    "serve": "serve",
    "releases": "releases",
    "rollback": "releases",
    "diff": "diff",
    "pin": "releases",
    "unpin": "releases",
    "push": "replicas",
    "pull": "replicas",
    "publish": "publish",
    "mcp": "mcp",
}


class CommandLine(click.Group):
    """A group that loads a command when it is called: a server starts sooner without what a build needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"server.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="un-missions")
def main() -> None:
    """The missions of the UN Special Advisers as linked data: build the graph, ask it, serve it.

    Exit status: 0 done; 1 the data or the query is wrong; 2 the call is wrong.
    """


if __name__ == "__main__":
    sys.exit(main())

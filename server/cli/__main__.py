"""The command line `unmissions`."""

import sys

import click

from server.cli.build import build, check
from server.cli.datasets import load, unload
from server.cli.diff import diff
from server.cli.mcp import mcp
from server.cli.new import new
from server.cli.query import query
from server.cli.releases import pin, releases, rollback, unpin
from server.cli.replicas import pull, push
from server.cli.report import report
from server.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="un-missions")
def main() -> None:
    """The missions of the UN Special Advisers as linked data: build the graph, ask it, serve it.

    Exit status: 0 done; 1 the data or the query is wrong; 2 the call is wrong.
    """


COMMANDS = (
    build,
    check,
    diff,
    new,
    load,
    mcp,
    unload,
    query,
    releases,
    pin,
    unpin,
    rollback,
    push,
    pull,
    report,
    serve,
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    sys.exit(main())

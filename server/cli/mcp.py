"""The command that gives language models the tools of a server on standard input and output."""

import click

from server.cli.options import fail


@click.command()
@click.option(
    "--server",
    default="http://127.0.0.1:8000",
    envvar="UNMISSIONS_SERVER",
    show_default=True,
    metavar="ADDRESS",
    help="The server that is asked.",
)
def mcp(server: str) -> None:
    """Give a language model the tools of a server: Model Context Protocol, by standard input and output."""
    try:
        from server.mcp.server import mcp_server
    except ImportError:
        fail("The extra `mcp` is not installed: .venv/bin/pip install 'mcp>=2.3'.")
    mcp_server(server.rstrip("/")).run("stdio")

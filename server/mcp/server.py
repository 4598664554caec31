"""The server of the protocol: each tool by its own name and sentence, each refusal in the server's words."""

import asyncio
import json
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from server.mcp.client import Client, NotAnswered
from server.mcp.tools import Tools

READ_ONLY = ToolAnnotations(read_only_hint=True)
INSTRUCTIONS = (
    "A knowledge graph of missions of the UN Special Advisers on the prevention of genocide, 2010 to 2012. "
    "Start with list_saved_queries; every fact has words of a source, which describe and evidence=true give. "
    "Results are cut: go on at next_offset with the same release."
)


def mcp_server(address: str) -> MCPServer:
    """The tools and resources on the server at an address."""
    tools = Tools(Client(address))
    server = MCPServer("un-missions", instructions=INSTRUCTIONS, version=version("un-missions"))
    for tool in (
        tools.list_saved_queries,
        tools.run_saved_query,
        tools.search,
        tools.describe,
        tools.reconcile,
        tools.run_sparql,
        tools.explain_empty,
    ):
        server.tool(annotations=READ_ONLY, structured_output=False)(_in_a_thread(tool))
    for name, resource in (
        ("ontology", tools.ontology),
        ("limits", tools.limits),
        ("data-sets", tools.data_sets),
    ):
        server.resource(f"unmissions://{name}", name=name, description=resource.__doc__)(resource)
    return server


def _in_a_thread(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool, which does not keep others waiting; what it refuses reaches the model as it is said."""

    @wraps(tool)
    async def call(*arguments: Any, **named: Any) -> str:
        try:
            document = await asyncio.to_thread(tool, *arguments, **named)
            return json.dumps(document, ensure_ascii=False)  # the kit would write it with more white space
        except NotAnswered as refusal:
            raise ToolError(str(refusal)) from None

    return call

"""Reads settings from a file in TOML; flags and the environment stand above it."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from server.settings import Settings

PREFIX = "UNMISSIONS_"


def with_file(given: Mapping[str, object], path: Path | None) -> dict[str, object]:
    """What the flags gave, and from the file what neither they nor the environment say.

    Ends with status 2 where the file is wrong.
    """
    if path is None:
        return dict(given)
    found = _read(path)
    below = {name: value for name, value in found.items() if PREFIX + name.upper() not in os.environ}
    return {**below, **given}


def _read(path: Path) -> dict[str, object]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be read: {error}.") from None
    if "token" in found:
        raise click.UsageError(f"{path} holds the token: put it into a file of its own, named by token_file.")
    for name in found:
        if name not in Settings.model_fields:
            listed = ", ".join(sorted({*Settings.model_fields} - {"token"}))
            raise click.UsageError(f"{path} has {name!r}, which is no setting; there are: {listed}.")
    return found

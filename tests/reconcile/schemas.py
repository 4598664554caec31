"""The JSON schemas of the specification 0.2, where they lie beside the project."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

FOLDER = Path(__file__).resolve().parents[3] / "shared/datasets/reconciliation-api/0.2"
# The manifest's schema names that of OpenAPI by this address.
OPENAPI = "http://swagger.io/v2/schema.json"


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"schemas/{name}.json").read_text(encoding="utf-8"))
    return found


def _registry() -> Registry[Any]:
    files = {path.name: _schema(path.stem) for path in (FOLDER / "schemas").glob("*.json")}
    named = {**files, OPENAPI: files["openapi.json"]}
    named |= {str(schema.get("$id", name)): schema for name, schema in files.items()}
    resources = {name: Resource.from_contents(schema, DRAFT7) for name, schema in named.items()}
    registry: Registry[Any] = Registry().with_resources(resources.items())
    return registry


def mistakes(document: object, name: str) -> list[str]:
    """What is wrong with a document by the schema of that name."""
    validator = Draft7Validator(_schema(name), registry=_registry())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def examples(name: str, kind: str) -> list[Path]:
    """The examples of the specification that are valid, or invalid, by a schema."""
    return sorted((FOLDER / "examples" / name / kind).glob("*.json"))

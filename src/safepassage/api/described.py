"""Describe the interface, exactly: what every route takes, gives and refuses, and to whom."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from safepassage.api.rights import RIGHTS, ROLES

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["DOCUMENTS", "described", "document_of"]

DOCUMENTS = ("situation", "plan", "replan", "checkpoint")
"""Documents that the server gives as they are, by the names of their schemas."""

_STANDARD = {"HTTPValidationError", "ValidationError"}


def document_of(name: str, *others: str) -> dict[str, Any]:
    """Describe an answer that is such a document, or one of the others."""
    refs = [{"$ref": f"#/components/schemas/{each}"} for each in (name, *others)]
    schema = {"anyOf": refs} if others else refs[0]
    return {"description": f"The {name}.", "content": {"application/json": {"schema": schema}}}


def described(app: FastAPI) -> dict[str, Any]:
    """Make the OpenAPI document of an application, with roles and documents."""
    made = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = made.setdefault("components", {}).setdefault("schemas", {})
    for name in _STANDARD:
        schemas.pop(name, None)
    for name in DOCUMENTS:
        schemas.update(_components(name))
    _vary(schemas)
    made["components"]["securitySchemes"] = {"token": {
        "type": "http", "scheme": "bearer", "description": "A token of `safepassage token new`."
    }}  # fmt: skip
    for right in RIGHTS:
        operation = made["paths"].get(right.path, {}).get(right.method.lower())
        if operation is not None:
            operation["security"] = [{}] * ("public" in right.roles) + [{"token": []}]
            who = "all" if right.roles == ROLES else ", ".join(right.roles)
            operation["description"] = f"{operation.get('description', '')}\n\nFor: {who}.".strip()
    return made


def _vary(schemas: dict[str, Any]) -> None:
    """Add what the server says beside a document, or leaves out of it for some."""
    kept = schemas["situation"]["properties"]
    schemas["redacted"] = {
        "title": "redacted", "type": "object", "required": ["kind", "redaction", "case"],
        "description": "A situation without what its readers must not have; counts are rounded.",
        "properties": {
            "kind": kept["kind"],
            "case": {"type": "object"},
            "redaction": {
                "type": "object", "additionalProperties": False,
                "required": ["level", "delay_min", "fewer_than"],
                "properties": {
                    "level": {"enum": ["public", "partners"]},
                    "delay_min": {"type": "integer"},
                    "fewer_than": {"type": ["integer", "null"]},
                },
            },
        },
    }  # fmt: skip
    if replan := schemas.get("replan"):
        states = ["open", "adopted", "discarded"]
        beside = {"proposal": {"type": "string"}, "state": {"type": "string", "enum": states}}
        schemas["proposal"] = {
            **replan, "title": "proposal", "properties": {**replan["properties"], **beside},
            "required": [*replan["required"], *beside],
        }  # fmt: skip


def _components(name: str) -> dict[str, Any]:
    """Give a document's schema, and those within it, as components under their own names."""
    home = files("safepassage.base") / "schemas" / f"{name}.schema.json"
    if not home.is_file():
        return {}
    schema = _pointed(json.loads(home.read_text(encoding="utf-8")), name)
    inner = schema.pop("$defs", {})
    for key in ("$schema", "$id"):
        schema.pop(key, None)
    return {name: schema, **{f"{name}.{key}": value for key, value in inner.items()}}


def _pointed(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {
            key: each.replace("#/$defs/", f"#/components/schemas/{name}.")
            if key == "$ref" and isinstance(each, str)
            else _pointed(each, name)
            for key, each in value.items()
        }
    return [_pointed(each, name) for each in value] if isinstance(value, list) else value

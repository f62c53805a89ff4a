"""An OpenAPI description as what a page shows of it: routes and objects."""

from __future__ import annotations

import re
from typing import Any

Described = dict[str, Any]


def routes(openapi: Described) -> list[Described]:
    """Each route with its parameters, what it takes, and what it replies."""
    found = []
    for path, methods in openapi["paths"].items():
        for verb, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            found.append(
                {
                    "anchor": re.sub(r"\W+", "-", f"{verb}-{path}").strip("-"),
                    "verb": verb.upper(),
                    "path": path,
                    "description": operation.get("description", ""),
                    "parameters": [
                        {"name": p["name"], "place": p["in"], "required": p["required"]}
                        for p in operation.get("parameters", [])
                    ],
                    "takes": _reference(body.get("schema", {})),
                    "replies": [_reply(status, r) for status, r in operation["responses"].items()],
                }
            )
    return found


def shapes(openapi: Described) -> list[Described]:
    """Each object with its fields, in order of name."""
    return [
        {
            "name": name,
            "description": " ".join(schema.get("description", "").split()),
            "fields": [
                {
                    "name": field,
                    "kinds": _kinds(about),
                    "required": field in schema.get("required", []),
                    "note": about.get("description", "").rstrip("."),
                }
                for field, about in schema.get("properties", {}).items()
            ],
        }
        for name, schema in sorted(openapi["components"]["schemas"].items())
    ]


def _reply(status: str, response: Described) -> Described:
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return {"status": status, "description": response["description"], "shape": _reference(schema)}


def _reference(schema: Described) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kinds(schema: Described) -> list[Described]:
    """The types a value may have, each with the object it links to, if it is one."""
    if "anyOf" in schema:
        return [kind for option in schema["anyOf"] for kind in _kinds(option)]
    if name := _reference(schema):
        return [{"text": name, "link": name}]
    if schema.get("type") == "array":
        return [kind | {"text": f"list of {kind['text']}"} for kind in _kinds(schema["items"])]
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return [{"text": " or ".join(str(v).lower() for v in values), "link": ""}]
    limit = schema.get("maxLength")
    text = str(schema.get("type", "anything")) + (f" of at most {limit:,} characters" if limit else "")
    return [{"text": text, "link": ""}]

"""Engagement's contract as validators of requests and answers."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jsonschema_rs

import contracts

Json = Any


@dataclass(frozen=True)
class File:
    """An answer that is no JSON."""

    content: bytes
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)


class Contract:
    """Engagement's operations, as validators."""

    def __init__(self) -> None:
        self._document = _nullable(contracts.openapi("engagement"))
        self._validators: dict[str, Any] = {}
        self._paths = [
            (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), item) for path, item in self._document["paths"].items()
        ]

    def of_request(self, verb: str, path: str, query: dict[str, str], body: Json) -> list[str]:
        item = self._item(path)
        operation = item[verb.lower()]
        declared = {
            self._resolved(each)["name"] for each in (*item.get("parameters", []), *operation.get("parameters", []))
        }
        found = [f"{verb} {path}: no parameter {name}" for name in query if name not in declared]
        if isinstance(body, bytes):
            return found
        if "requestBody" in operation:
            schema = self._resolved(operation["requestBody"])["content"]["application/json"]["schema"]
            found += [f"{verb} {path}: {error.message}" for error in self._validator(schema).iter_errors(body)]
        elif body is not None:
            found.append(f"{verb} {path}: takes no body")
        return found

    def of_answer(self, verb: str, path: str, status: int, body: Json) -> list[str]:
        answer = self._resolved(self._item(path)[verb.lower()]["responses"][str(status)])
        if "content" not in answer:
            return []
        if isinstance(body, File):
            return [] if body.media_type in answer["content"] else [f"answer to {verb} {path}: {body.media_type}"]
        schema = answer["content"]["application/json"]["schema"]
        return [f"answer to {verb} {path}: {error.message}" for error in self._validator(schema).iter_errors(body)]

    def _item(self, path: str) -> Json:
        return next(item for pattern, item in self._paths if pattern.fullmatch(path))

    def _resolved(self, node: Json) -> Json:
        if "$ref" not in node:
            return node
        found = self._document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return found

    def _validator(self, schema: Json) -> Any:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {"allOf": [schema], "components": self._document["components"]}
            self._validators[key] = jsonschema_rs.Draft4Validator(whole)
        return self._validators[key]


@cache
def contract() -> Contract:
    return Contract()


def _nullable(node: Json) -> Json:
    """OpenAPI 3.0's `nullable` as JSON Schema."""
    if isinstance(node, list):
        return [_nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {name: _nullable(value) for name, value in node.items()}
    if made.pop("nullable", None) is True:
        return {"anyOf": [made, {"type": "null"}]} if "allOf" in made else made | {"type": [made["type"], "null"]}
    return made

"""Compiled validators that accept what connexion accepts, and not more.

OpenAPI 3.0.3 means JSON Schema with `nullable` (its draft 4 form); formats are checked by the same functions as
connexion's. A schema with a word that two libraries could understand in two ways is not compiled.
"""

from collections.abc import Callable
from typing import Any

from jsonschema import Draft4Validator
from jsonschema_rs import Draft4Validator as Compiled

from chassis import patterns

Valid = Callable[[Any], bool]
# fmt: off
_COMPARED = frozenset((
    "type", "enum", "nullable", "format", "required", "properties", "additionalProperties", "items", "allOf", "anyOf",
    "oneOf", "not", "pattern", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
))
_TOLD = frozenset((
    "title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml",
    "components",
))
# fmt: on
_KNOWN = _COMPARED | _TOLD
_CHECKERS = Draft4Validator.FORMAT_CHECKER.checkers


class NotCompiled(ValueError):
    """Connexion checks this itself."""


def body(schema: dict[str, Any]) -> Valid:
    """Whether a value is a body of this schema. Raises NotCompiled."""
    try:
        plain = _rewritten(schema, nullable=True)
    except RecursionError:
        raise NotCompiled("a schema that holds itself") from None
    return _compiled(plain)


def parameter(schema: dict[str, Any]) -> Valid:
    """Whether a value is a parameter of this schema, which is not nullable. Raises NotCompiled."""
    if schema.get("nullable"):
        raise NotCompiled("a nullable parameter")
    return _compiled(_rewritten(schema, nullable=False))


def _compiled(schema: dict[str, Any]) -> Valid:
    try:
        made = Compiled(schema, formats={name: _format(name) for name in _CHECKERS}, validate_formats=True)
    except ValueError as error:
        raise NotCompiled(str(error)) from error
    return made.is_valid


def _format(name: str) -> Callable[[str], bool]:
    check, raises = _CHECKERS[name]

    def conforms(value: str) -> bool:
        try:
            return bool(check(value))
        except raises:
            return False

    return conforms


def _rewritten(schema: Any, *, nullable: bool) -> Any:  # Any: a schema, or true and false of additionalProperties
    if not isinstance(schema, dict):
        return schema
    if unknown := [word for word in schema if word not in _KNOWN and (word[:2] != "x-" or word == "x-nullable")]:
        raise NotCompiled(f"the words {unknown}")
    if not patterns.is_plain(schema.get("pattern", "")):
        raise NotCompiled(f"the pattern {schema['pattern']}")
    new = {word: _inner(word, value, nullable=nullable) for word, value in schema.items() if word in _COMPARED}
    if new.get("format") not in _CHECKERS:
        new.pop("format", None)
    if new.pop("nullable", False) and nullable:
        if "type" in new:
            new["type"] = [new["type"], "null"]
        if "enum" in new and None not in new["enum"]:
            new["enum"] = [*new["enum"], None]
    return new


def _inner(word: str, value: Any, *, nullable: bool) -> Any:  # Any: what a word of a schema holds
    if word == "properties":
        return {name: _rewritten(schema, nullable=nullable) for name, schema in value.items()}
    if word in {"allOf", "anyOf", "oneOf"}:
        return [_rewritten(schema, nullable=nullable) for schema in value]
    if word in {"items", "additionalProperties", "not"}:
        return _rewritten(value, nullable=nullable)
    return value

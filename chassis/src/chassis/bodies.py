"""JSON bodies and parameters, read by one strict reader at both of connexion's stages (RFC 8259, RFC 7493).

Python's own reader fails on deep nesting and on long numbers, and lets through NaN and halves of surrogate pairs, which
no database takes: each was a fault of ours instead of a mistake of the caller's. Its regular expressions take a line
break for the end.
"""

from collections.abc import AsyncGenerator, Iterator
from typing import Any

import orjson
from connexion.datastructures import MediaTypeDict
from connexion.exceptions import BadRequestProblem
from connexion.frameworks.flask import FlaskJSONProvider
from connexion.json_schema import Draft4RequestValidator
from connexion.validators import VALIDATOR_MAP
from connexion.validators.json import JSONRequestBodyValidator
from connexion.validators.parameter import ParameterValidator
from jsonschema import Draft4Validator, ValidationError
from jsonschema.validators import extend
from starlette.types import Scope

from chassis import patterns


class _JsonBody(JSONRequestBodyValidator):
    async def _parse(self, stream: AsyncGenerator[bytes, None], scope: Scope) -> Any:
        sent = b"".join([part async for part in stream])
        return read(sent) if sent else None

    @property
    def _validator(self) -> Any:
        return _BodySchema(self._schema, format_checker=Draft4Validator.FORMAT_CHECKER)


class _Parameters(ParameterValidator):
    """As connexion's, with patterns as OpenAPI means them."""

    @staticmethod
    def validate_parameter(parameter_type: str, value: Any, param: Any, param_name: str | None = None) -> str | None:
        stock: Any = ParameterValidator.validate_parameter  # Any: connexion does not type it
        fault: str | None = stock(parameter_type, value, param, param_name)
        pattern = param.get("schema", param).get("pattern")
        if fault is None and pattern is not None and value is not None:
            fault = next((error.message for error in _pattern(None, pattern, value, None)), None)
        return fault


class JsonProvider(FlaskJSONProvider):
    """What was checked is what the operation gets."""

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def validators() -> dict[str, Any]:
    """Connexion's validators with ours for JSON and parameters."""
    stock: Any = VALIDATOR_MAP["body"]  # connexion types its map as objects
    return {"body": MediaTypeDict({**stock, "*/*json": _JsonBody}), "parameter": _Parameters}


def read(sent: bytes) -> Any:
    """The JSON value. Raises BadRequestProblem."""
    try:
        value = orjson.loads(sent)
    except orjson.JSONDecodeError as error:
        raise _bad(f"This is not JSON in UTF-8: {error.msg}.") from None
    if b"\\u0000" in sent and _holds_nul(value):
        raise _bad("A text holds the character U+0000, which cannot be kept.")
    return value


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """As OpenAPI means it."""
    if isinstance(instance, str) and not patterns.python(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _bad(detail: str) -> BadRequestProblem:
    return BadRequestProblem(detail=detail)  # type: ignore[no-untyped-call]


def _holds_nul(value: Any) -> bool:  # Any: a JSON value
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False


_BodySchema = extend(Draft4RequestValidator, {"pattern": _pattern})  # type: ignore[no-untyped-call]

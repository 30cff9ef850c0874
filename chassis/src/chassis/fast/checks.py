"""A request against its operation: from what was sent to the arguments of the function, or to connexion's own way.

Every rule here is connexion's (3.3), for the kinds of parameters that the lane takes: texts in paths and headers,
texts, integers, booleans and lists of texts in queries, JSON bodies. In doubt the answer is None.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from connexion.decorators.parameter import pythonic, unwrap_decorators
from connexion.exceptions import BadRequestProblem
from connexion.operations.openapi import OpenAPIOperation
from connexion.utils import boolean, inspect_function_arguments
from starlette.types import Scope

from chassis import bodies
from chassis.fast import schemas
from chassis.fast.schemas import NotCompiled, Valid

_JSON = "application/json"
_UNREADABLE = "\ufffd"  # bytes that were no UTF-8; two decoders leave two things
_CONVERTED: dict[str, Callable[[str], Any]] = {"integer": int, "boolean": boolean, "string": str}
_NOTHING: Any = object()


@dataclass(frozen=True, slots=True)
class _Query:
    name: str
    argument: str  # empty where the function does not take it
    is_list: bool
    convert: Callable[[str], Any]
    valid: Valid
    required: bool
    default: Any


@dataclass(frozen=True, slots=True)
class _Text:
    """A parameter in the path, or in a header."""

    name: str
    argument: str
    valid: Valid
    required: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What an operation asks of a request."""

    paths: Sequence[_Text]
    headers: Sequence[_Text]
    queries: dict[str, _Query]
    takes_body: bool
    body_argument: str
    body_is_valid: Valid

    def arguments(self, scope: Scope, path: dict[str, str]) -> dict[str, Any] | None:
        """The function's arguments without the body; None is not for the lane."""
        arguments: dict[str, Any] = {}
        for each in self.paths:
            value = path[each.name]
            if _UNREADABLE in value or not each.valid(value):
                return None
            arguments[each.argument] = value
        if not self._headers_are_valid(scope["headers"]):
            return None
        return arguments if self._query(scope["query_string"], arguments) else None

    def add_body(self, sent: bytes, arguments: dict[str, Any]) -> bool:
        """Add the body to the arguments; False is not for the lane."""
        if not self.takes_body:
            return True
        try:
            value = bodies.read(sent)
        except BadRequestProblem:
            return False
        if value is None or not self.body_is_valid(value):
            return False
        if self.body_argument:
            arguments[self.body_argument] = value
        return True

    def _headers_are_valid(self, sent: list[tuple[bytes, bytes]]) -> bool:
        if self.takes_body and not _is_json(sent):
            return False
        for each in self.headers:
            wanted = each.name.encode()
            value = next((value for name, value in sent if name == wanted), None)
            if each.required if value is None else not each.valid(value.decode("latin-1")):
                return False
        return True

    def _query(self, sent: bytes, arguments: dict[str, Any]) -> bool:
        given: dict[str, list[str]] = {}
        if sent:
            for name, value in parse_qsl(sent.decode("ascii"), keep_blank_values=True):
                if name not in self.queries or _UNREADABLE in value:
                    return False
                given.setdefault(name, []).append(value)
        for name, each in self.queries.items():
            value = _NOTHING if (values := given.get(name)) is None else _value(each, values)
            if value is _NOTHING:
                if values is not None or each.required:
                    return False
                value = each.default
            if each.argument and value is not _NOTHING:
                arguments[each.argument] = value
        return True


def of(operation: OpenAPIOperation) -> Check:
    """What this operation asks. Raises NotCompiled."""
    taken, takes_all = inspect_function_arguments(unwrap_decorators(operation.function))
    by_place: dict[str, list[dict[str, Any]]] = {"path": [], "query": [], "header": []}
    for each in operation.parameters:
        if each["in"] not in by_place or "content" in each or each.get("nullable") or each.get("x-nullable"):
            raise NotCompiled(f"the parameter {each['name']}")
        by_place[each["in"]].append(each)
    schema = _body_schema(operation)
    check = Check(
        paths=[_text(each) for each in by_place["path"]],
        headers=[_text(each) for each in by_place["header"]],
        queries={each["name"]: _query(each, taken) for each in by_place["query"]},
        takes_body=schema is not None,
        body_argument=_argument(operation.body_name(_JSON), taken) if schema is not None else "",
        body_is_valid=schemas.body(schema) if schema is not None else lambda _: False,
    )
    in_path = {each.argument for each in check.paths}
    given = in_path | {each.argument for each in check.queries.values()} | {check.body_argument}
    if takes_all or set(taken) - given or in_path - set(taken):
        raise NotCompiled(f"the arguments {taken}")
    return check


def _body_schema(operation: OpenAPIOperation) -> dict[str, Any] | None:
    if not operation.request_body:
        return None
    schema: dict[str, Any] = operation.body_schema(_JSON)
    if operation.consumes != [_JSON] or not schema or "default" in schema or schema.get("nullable"):
        raise NotCompiled("the body")
    return schema


def _query(described: dict[str, Any], taken: list[str]) -> _Query:
    name, schema = described["name"], described["schema"]
    kind = schema.get("type")
    is_list = kind == "array"
    if is_list:
        kind = schema["items"].get("type")
        if described.get("style", "form") != "form" or kind != "string" or not described.get("explode", True):
            raise NotCompiled(f"the list {name}")
    if kind not in _CONVERTED or schema.get("format") == "binary" or "[" in name or "default" in described:
        raise NotCompiled(f"the parameter {name}")
    return _Query(
        name=name,
        argument=_argument(name, taken),
        is_list=is_list,
        convert=_CONVERTED[kind],
        valid=schemas.parameter(schema),
        required=bool(described.get("required")),
        default=schema.get("default", _NOTHING),
    )


def _text(described: dict[str, Any]) -> _Text:
    name, schema = described["name"], described["schema"]
    if schema.get("type") != "string" or schema.get("format") in {"path", "binary"} or "{" in name:
        raise NotCompiled(f"the parameter {name}")
    spelled = name if described["in"] == "path" else name.lower()
    return _Text(spelled, pythonic(name.replace("-", "_")), schemas.parameter(schema), bool(described.get("required")))


def _argument(name: str, taken: list[str]) -> str:
    argument: str = pythonic(name)
    return argument if argument in taken else ""


def _value(each: _Query, values: list[str]) -> Any:  # Any: what the parameter's type converts to
    try:
        value = ",".join(values).split(",") if each.is_list else each.convert(values[-1])
    except ValueError:
        return _NOTHING
    return value if each.valid(value) else _NOTHING


def _is_json(sent: list[tuple[bytes, bytes]]) -> bool:
    """Whether one media type says JSON, and a length that there is a body."""
    kinds = [value.partition(b";")[0] for name, value in sent if name == b"content-type"]
    lengths = [value for name, value in sent if name == b"content-length"]
    return kinds == [b"application/json"] and len(lengths) == 1 and lengths[0].isdigit() and int(lengths[0]) > 0

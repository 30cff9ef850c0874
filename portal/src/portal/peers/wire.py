"""JSON objects of the contracts read into frozen dataclasses.

A field `opens_at` is `opensAt` on the wire. Unknown fields are ignored, because contracts grow by addition; an absent
field takes the dataclass's default, and one without a default is a ValueError that names it.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

Json = Any  # what json.loads returns
Text = Mapping[str, str]
"""The same text by language: `{language tag: text}`."""


def read(kind: type[T], raw: Json) -> T:
    """Raises ValueError if a promised field is missing or of another type."""
    made: T = _reader(kind)(raw)  # type: ignore[arg-type] # every class is hashable
    return made


@cache
def _reader(kind: type[Any]) -> Callable[[Json], Any]:
    hints = get_type_hints(kind)
    plan = [
        (field.name, _camel(field.name), _converter(hints[field.name]), _has_default(field)) for field in fields(kind)
    ]

    def build(raw: Json) -> Any:
        values = {}
        for name, wire_name, convert, optional in plan:
            found = raw.get(wire_name, MISSING)
            if found is not MISSING and not (found is None and optional):
                values[name] = convert(found)
            elif not optional:
                raise ValueError(f"{kind.__name__} lacks '{wire_name}'")
        return kind(**values)

    return build


def _converter(hint: Any) -> Callable[[Json], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _converter(next(argument for argument in arguments if argument is not types.NoneType))
        return lambda raw: None if raw is None else inner(raw)
    if origin is tuple:
        item = _converter(arguments[0])
        return lambda raw: tuple(item(element) for element in raw)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return lambda raw: _reader(hint)(raw)  # noqa: PLW0108 - late, so that a comment may hold comments
    return lambda raw: raw


def _has_default(field: Any) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)

"""What `schemas.py` files stand on: marshmallow with the wire's camelCase spelling.

The contract has checked the form already; a schema converts, and lets through nothing that it does not name.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields

from chassis.clock import text
from chassis.errors import Invalid


class Wire(Schema):
    """Field `opens_at` is `opensAt` on the wire; what is None is left out of answers."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = camel(field_name)


class Instant(fields.AwareDateTime):
    """An instant with a zone; read into UTC, written with milliseconds and Z."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **options).astimezone(UTC)
        except OverflowError:  # year 1 in Nairobi is no year in UTC
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from None

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else text(value)


def invalid(error: ValidationError) -> Invalid:
    """What the contract's form let through and is still no value (year 1 in Nairobi) is the caller's mistake."""
    return Invalid("The request breaks a rule of form.", list(_pointers(error.messages)))


def _pointers(messages: Any, place: str = "") -> Iterator[tuple[str, str]]:  # Any: marshmallow nests by field and index
    if isinstance(messages, dict):
        for part, inner in messages.items():
            yield from _pointers(inner, f"{place}/{part}")
    else:
        yield from ((place, str(message)) for message in messages)


def camel(name: str) -> str:
    """`opens_at` → `opensAt`."""
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


def without_none(body: dict[str, Any]) -> dict[str, Any]:
    """The same object without the members that are null."""
    return {name: value for name, value in body.items() if value is not None}

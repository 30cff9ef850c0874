"""What `schemas.py` files stand on: marshmallow with the wire's camelCase spelling.

The contract has checked the form already; a schema converts, and lets through nothing that it does not name.
"""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields

from chassis.clock import text


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
        return super()._deserialize(value, attr, data, **options).astimezone(UTC)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else text(value)


def camel(name: str) -> str:
    """`opens_at` → `opensAt`."""
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


def without_none(body: dict[str, Any]) -> dict[str, Any]:
    """The same object without the members that are null."""
    return {name: value for name, value in body.items() if value is not None}

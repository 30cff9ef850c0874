"""Events: facts in the past tense, in CloudEvents 1.0's envelope, checked against the contract when written."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import jsonschema_rs

import contracts
from chassis import ids


class BadEvent(ValueError):
    """The event breaks its contract."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `key` is the id of what it is about; `data` holds ids and states, no personal data."""

    type: str
    key: str
    at: datetime
    data: dict[str, Any]
    id: UUID = field(default_factory=ids.new)


def check(event: Event) -> None:
    """Raises BadEvent when the data breaks the type's schema, UnknownContract when there is no such type."""
    try:
        _validator(event.type).validate(event.data)
    except jsonschema_rs.ValidationError as error:
        raise BadEvent(f"{event.type}: {error.message}") from None


@cache
def _validator(event_type: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(contracts.event_schema(event_type), validate_formats=True)

"""The blueprints that come with the block."""

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID

import yaml

from engagement.blueprints.model import Blueprint

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # before any that an official saved, so that lists begin with these


@cache
def shipped() -> tuple[Blueprint, ...]:
    """In the order of the file."""
    written = yaml.safe_load((files("engagement.blueprints") / "shipped.yaml").read_text("utf-8"))
    return tuple(
        Blueprint(
            id=UUID(each["id"]),
            title=each["title"],
            description=each["description"],
            plan=each["plan"],
            created_at=_FIRST + timedelta(seconds=place),
            shipped=True,
        )
        for place, each in enumerate(written)
    )

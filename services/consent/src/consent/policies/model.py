"""A policy: values, and its two ways of ending up in a revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import Conflict

_NAMES = {
    "id": "id",
    "name": "name",
    "version": "version",
    "url": "url",
    "jurisdiction": "jurisdiction",
    "industry_sector": "industrySector",
    "data_retention_period_days": "dataRetentionPeriodDays",
    "geographic_restriction": "geographicRestriction",
    "storage_location": "storageLocation",
}


class PolicyInUse(Conflict):
    """An active agreement refers to the policy."""


class IdTaken(Conflict):
    """Another object has this id."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`url` is permanent: it shows this very version."""

    id: str
    name: str
    version: str
    url: str
    jurisdiction: str | None = None
    industry_sector: str | None = None
    data_retention_period_days: int | None = None
    geographic_restriction: str | None = None
    storage_location: str | None = None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Policy":
        """From the official spelling; members of other names are left aside. Raises TypeError when one is missing."""
        return cls(**{name: content[wire] for name, wire in _NAMES.items() if wire in content})

    def content(self) -> dict[str, Any]:
        """In the official spelling, without what is None."""
        values = {wire: getattr(self, name) for name, wire in _NAMES.items()}
        return {wire: value for wire, value in values.items() if value is not None}

"""A data agreement: values, and its two ways of ending up in a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.errors import Conflict
from consent.policies.model import Policy

_NAMES = {
    "id": "id",
    "version": "version",
    "controller": "controller",
    "purpose": "purpose",
    "lawful_basis": "lawfulBasis",
    "data_use": "dataUse",
    "dpia": "dpia",
    "active": "active",
    "forgettable": "forgettable",
    "data_attributes": "dataAttributes",
    "texts": "texts",
}


class AgreementNotActive(Conflict):
    """Consent is given to active agreements alone."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is kept, why, how long, who sees it, how to withdraw: `texts` says it by language, `{language: words}`.

    `data_attributes` and `texts` stay as they were written; nothing here decides on them.
    """

    id: str
    version: str
    purpose: str
    lawful_basis: str
    dpia: str
    controller: Mapping[str, Any] | None = None
    data_use: str | None = None
    active: bool = True
    forgettable: bool = False
    data_attributes: list[Mapping[str, Any]] = field(default_factory=list)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Agreement":
        """From the official spelling; members of other names are left aside. Raises TypeError when one is missing."""
        return cls(**{name: content[wire] for name, wire in _NAMES.items() if wire in content})

    def content(self, policy: Policy) -> dict[str, Any]:
        """In the official spelling, the policy included as it stands (the official file asks for it)."""
        values = {wire: getattr(self, name) for name, wire in _NAMES.items()}
        return {wire: value for wire, value in values.items() if value is not None} | {"policy": policy.content()}

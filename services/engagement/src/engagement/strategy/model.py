"""A strategy and what its checklist still asks for (use case INST-3, steps 1 and 2)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Text = dict[str, str]  # {language: text}

_ASKED = (
    "level",
    "objective",
    "what_is_decided",
    "who_decides",
    "how_input_is_used",
    "how_feedback_is_given",
    "feedback_due_date",
    "privacy_notice",
    "responsible_official",
)
_ASKED_BY_LAW = ("legal_basis", "notice", "minimum_days")


class Access(StrEnum):
    """The least that people show of themselves to take part, from nothing to a verified account."""

    OPEN = "open"
    EMAIL = "email"
    SMS = "sms"
    REGISTERED = "registered"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Budget:
    """What the process may cost, in whole units of the currency (ISO 4217)."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class DataField:
    """One kind of data about people that the process keeps. `retention_days` counts from the end of the process."""

    name: Text
    purpose: Text
    legal_basis: str
    retention_days: int
    recipients: Text | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """None is what nobody has written yet. A mandatory process is one that a law asks for."""

    level: str | None = None
    objective: Text | None = None
    what_is_decided: Text | None = None
    what_is_not_negotiable: Text | None = None
    who_decides: Text | None = None
    how_input_is_used: Text | None = None
    how_feedback_is_given: Text | None = None
    feedback_due_date: date | None = None
    privacy_notice: Text | None = None
    responsible_official: str | None = None
    owner_unit: str | None = None
    eligible_population: int | None = None
    target_participants: int | None = None
    budget: Budget | None = None
    access: Access = Access.REGISTERED
    data_fields: list[DataField] = field(default_factory=list)
    face_to_face_formats: list[Text] = field(default_factory=list)
    mandatory: bool = False
    legal_basis: Text | None = None
    notice: Text | None = None
    minimum_days: int | None = None

    def missing(self) -> list[str]:
        """Names of what the checklist asks and is not there."""
        asked = _ASKED + (_ASKED_BY_LAW if self.mandatory else ())
        return [name for name in asked if getattr(self, name) is None]

"""What officials decide, and the reason that they owe."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.processes.model import Text
from engagement.proposals.model import Decision


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    MERGED = "merged"
    ALREADY_PLANNED = "already_planned"
    OUT_OF_SCOPE = "out_of_scope"


class ReasonCode(StrEnum):
    INCLUDED_IN_PLAN = "included_in_plan"
    DUPLICATE = "duplicate"
    OUT_OF_COMPETENCE = "out_of_competence"
    INFEASIBLE = "infeasible"
    INFEASIBLE_TECHNICAL = "infeasible_technical"
    INFEASIBLE_LEGAL = "infeasible_legal"
    INFEASIBLE_COST = "infeasible_cost"
    IN_CONFLICT = "in_conflict"
    ALREADY_DONE = "already_done"
    NOT_PRIORITISED = "not_prioritised"
    INCOMPLETE = "incomplete"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


class NotVerified(Conflict):
    """Input is checked before it is sealed or decided."""


class Undecided(Conflict):
    """All answers are published together, when there is one to each valid proposal."""


class ReasonMissing(Invalid):
    """A rejection, and the code `other`, owe a reason in words."""


class ReasonIsRecorded(Invalid):
    """`not_recorded` says that there is no reason in words."""


class NotBefore(Conflict):
    """A decision names an instant before which it is not public."""


class CostWithoutCurrency(Invalid):
    """A cost says in which currency."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a decision says beside its reason; all of it is public with the decision. `cost` is in whole units."""

    office: str | None = None
    cost: int | None = None
    currency: str | None = None  # ISO 4217
    timeline: Text | None = None
    legal_basis: Text | None = None
    publish_at: datetime | None = None  # not public before


@dataclass(frozen=True, slots=True)
class Ruling:
    """An outcome with its reason: `reason` in words, None without. Raises CostWithoutCurrency."""

    outcome: Outcome
    reason_code: ReasonCode
    reason: Text | None = None
    details: Details = Details()

    def __post_init__(self) -> None:
        if (self.details.cost is None) != (self.details.currency is None):
            errors = [("/currency", "stands with a cost, and a cost with it")]
            raise CostWithoutCurrency("A cost needs its currency.", errors)

    def reasoned(self, least: int) -> "Ruling":
        """The same ruling, if its reason has so many characters. Raises ReasonMissing, ReasonIsRecorded."""
        if self.reason_code is ReasonCode.NOT_RECORDED:
            if self.reason is not None:
                raise ReasonIsRecorded("There is a reason; name its code.", [("/reasonCode", "does not fit a reason")])
            return self
        if (self._owes_words or self.reason is not None) and not self._has_words(least):
            asked = f"say why, in {least} characters or more"
            raise ReasonMissing("Give the reason in words.", [("/reason", asked)])
        return self

    @property
    def _owes_words(self) -> bool:
        return self.outcome is Outcome.REJECTED or self.reason_code is ReasonCode.OTHER

    def _has_words(self, least: int) -> bool:
        texts = (self.reason or {}).values()
        return bool(texts) and all(len(text.strip()) >= least for text in texts)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its details."""

    decision: Decision
    details: Details


@dataclass(frozen=True, slots=True)
class Published:
    """One answer that became public."""

    proposal_id: UUID
    outcome: str
    reason_code: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """Someone whose proposal or comment counts; she is to hear the outcome. None where no address is known."""

    participant_id: UUID
    recipient: str | None
    language: str | None

"""The rules of a process about support, thresholds, names and amendments."""

import math
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid


class Measure(StrEnum):
    """What a threshold counts in: supporters, or percent of the eligible population."""

    SUPPORTERS = "supporters"
    PERCENT = "percent"


class SupportLimitReached(Conflict):
    """A person supports at most so many proposals in a phase."""


class NameNotAllowed(Invalid):
    """The process asks for the participant's own display name."""


class AmendmentsOff(Conflict):
    """The process takes no amendments."""


class PopulationUnknown(Invalid):
    """A share of the eligible population needs its number in the strategy."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a proposal must find to be answered by itself."""

    measure: Measure
    value: float

    def supporters(self, eligible_population: int | None) -> int | None:
        """How many it takes; None when the population is not known."""
        if self.measure is Measure.SUPPORTERS:
            return math.ceil(self.value)
        if eligible_population is None:
            return None
        return max(1, math.ceil(self.value * eligible_population / 100))


@dataclass(frozen=True, slots=True)
class Rules:
    """`support_most` is how many proposals a person may support in a phase; None is no limit, as it is no threshold."""

    process_id: UUID
    support_most: int | None = None
    threshold: Threshold | None = None
    other_names: bool = True  # an author may show a pseudonym, or no name
    amendments: bool = True
    version: int = 0  # 0: nobody has set them

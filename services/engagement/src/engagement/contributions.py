"""What contributions of every kind share, whichever tool takes them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from chassis.errors import Conflict, Invalid

Kind = NewType("Kind", str)  # of contribution, as the tool that takes it names it: proposal, comment, response…


class Channel(StrEnum):
    """Where an input came in."""

    WEB = "web"
    SMS = "sms"
    PAPER = "paper"
    MEETING = "meeting"
    PHONE = "phone"
    IMPORT = "import"


class Status(StrEnum):
    """How a contribution counts."""

    PENDING = "pending"
    COUNTED = "counted"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    INVALIDATED = "invalidated"


class PhaseClosed(Conflict):
    """No phase takes this kind of contribution now."""


class OutsideLimits(Invalid):
    """A contribution measures more, or less, than the process allows."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that a content breaks: its name in the contract, what is allowed and what was given."""

    limit: str
    allowed: int
    actual: int

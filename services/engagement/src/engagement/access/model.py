"""A visitor's key, and the proof of an address."""

import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Forbidden, Invalid
from engagement.participants.model import Step

LIFE = timedelta(minutes=30)
MOST_TRIES = 5
_CODE_DIGITS = 6
_KEY = re.compile(r"([0-9a-f]{32})\.[A-Za-z0-9_-]{32}")


class Way(StrEnum):
    """Where a code goes."""

    EMAIL = "email"


STEPS = {Way.EMAIL: Step.EMAIL}


class VisitorKeyMissing(Invalid):
    """The call brings no key, or one that was made for another process."""


class AccountNeeded(Forbidden):
    """The process is for people with an account."""


class ProofNeeded(Forbidden):
    """The process asks for an address that answers."""


class CodeWrong(Invalid):
    """The code is not the one that was sent."""


class ProofOver(Conflict):
    """The code is too old, was used, or was tried too often."""


class TooManyCodes(Conflict):
    """So many codes are not sent to one address, or for one visitor."""


class AddressRefused(Invalid):
    """Nobody is known by this address: it is malformed, or a mailbox that is thrown away."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a visitor reads what is sent to an address. Address and code are kept as keyed digests."""

    id: UUID
    process_id: UUID
    subject: str
    way: Way
    address_digest: str
    code_digest: str
    at: datetime
    tries: int = 0
    confirmed_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return self.at + LIFE

    @property
    def is_over(self) -> bool:
        return self.confirmed_at is not None or self.tries >= MOST_TRIES

    def tried(self, code_digest: str, at: datetime) -> "Proof":
        """The proof after one try, confirmed if the code is right. Raises ProofOver."""
        if self.is_over or at >= self.expires_at:
            raise ProofOver("Ask for a new code.")
        right = hmac.compare_digest(self.code_digest, code_digest)
        return replace(self, tries=self.tries + 1, confirmed_at=at if right else None)


@dataclass(frozen=True, slots=True)
class Entering:
    """What a visitor says when she comes in. No name is as good as one."""

    display_name: str = ""
    language: str | None = None


def new_key(process_id: UUID) -> str:
    """A visitor's secret for one process; 192 bits of it are random."""
    return f"{process_id.hex}.{secrets.token_urlsafe(24)}"


def check_key(key: str | None, process_id: UUID) -> None:
    """Raises VisitorKeyMissing unless the key was made for this process."""
    found = _KEY.fullmatch(key or "")
    if not found or found[1] != process_id.hex:
        raise VisitorKeyMissing("Ask this process for a key first.")


def new_code() -> str:
    """Six digits, to be typed from one device into another."""
    return "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))

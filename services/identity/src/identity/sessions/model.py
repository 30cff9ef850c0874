"""A person's sign-in, as long as it lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.errors import Forbidden, Invalid

ACR_PASSWORD = "idbb:acr:static-code"  # noqa: S105 - GovStack's name for a sign-in by something known
SESSION = "identity_session"  # the cookie
_SEEN_TO_SECONDS = 60  # how exactly the last use is kept; saves a write a request


class WrongCredentials(Invalid):
    """Login or password is not right; which of them is not told."""


class AccountSuspended(Forbidden):
    """The password is right and the account is suspended."""


class FormExpired(Forbidden):
    """The form was not made for this browser, or long ago."""


@dataclass(frozen=True, slots=True)
class Session:
    """`digest` is the cookie's. It ends `idle_seconds` after its last use, and at `ends_at` at the latest."""

    digest: str
    account_id: UUID
    auth_time: datetime
    acr: str
    idle_seconds: int
    seen_at: datetime
    ends_at: datetime

    def lives(self, at: datetime) -> bool:
        return at < self.ends_at and at < self.seen_at + timedelta(seconds=self.idle_seconds)

    def needs_note(self, at: datetime) -> bool:
        """Whether its last use is worth a write."""
        return at >= self.seen_at + timedelta(seconds=_SEEN_TO_SECONDS)

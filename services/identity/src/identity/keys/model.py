"""A key that signs tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

ALGORITHM = "RS256"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`public` is a JWK; `sealed` is the private one. `published_until` is None while nothing replaces it."""

    kid: str
    algorithm: str
    public: dict[str, Any]
    sealed: bytes
    signs_from: datetime
    published_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """How an exchange overlaps: `lead` is the time in which verifiers read a new key before it signs, `longest_token`
    the lifetime of the longest lived token."""

    lead: timedelta
    longest_token: timedelta

"""An account and what it may be."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid

_LOGIN = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
_LONGEST_LOGIN = 254
_LONGEST_NAME = 80


class Role(StrEnum):
    OFFICIAL = "official"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


PARTICIPANT = "participant"  # everyone; not kept


class State(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"


class BadLogin(Invalid):
    """A login has the form of an e-mail address."""


class BadDisplayName(Invalid):
    """A display name has between 1 and 80 characters."""


class LoginTaken(Conflict):
    """An account with this login exists."""


@dataclass(frozen=True, slots=True)
class Account:
    """`id` is the platform's subject. Sessions and tokens from before `sessions_from` do not count any more."""

    id: UUID
    display_name: str
    password_hash: str
    created_at: datetime
    sessions_from: datetime
    roles: frozenset[Role] = frozenset()
    state: State = State.ACTIVE
    version: int = 1

    @property
    def all_roles(self) -> frozenset[str]:
        """With the one that everyone has."""
        return frozenset({PARTICIPANT, *self.roles})

    @property
    def is_staff(self) -> bool:
        """Whoever acts for the institution; her sessions are shorter."""
        return bool(self.roles)

    def honours(self, auth_time: datetime) -> bool:
        """Whether a sign-in of this time still counts."""
        return self.state is State.ACTIVE and auth_time >= self.sessions_from

    def suspended(self, at: datetime) -> "Account":
        """Nobody signs in; what was signed in ends. Suspended twice is suspended once."""
        if self.state is State.SUSPENDED:
            return self
        return replace(self, state=State.SUSPENDED, sessions_from=at, version=self.version + 1)

    def resumed(self) -> "Account":
        """Signing in is possible again; ended sessions stay ended."""
        if self.state is State.ACTIVE:
            return self
        return replace(self, state=State.ACTIVE, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Registration:
    """What makes an account."""

    login: str
    display_name: str
    password: str
    roles: frozenset[Role] = frozenset()


def normal_login(typed: str) -> str:
    """The login by which an account is found, however it was typed. Raises BadLogin."""
    login = unicodedata.normalize("NFKC", typed).strip().casefold()
    if len(login) > _LONGEST_LOGIN or not _LOGIN.fullmatch(login):
        raise BadLogin("Enter an e-mail address, like name@example.org.")
    return login


def normal_name(typed: str) -> str:
    """The display name without stray spaces. Raises BadDisplayName."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(name) <= _LONGEST_NAME or any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name):
        raise BadDisplayName(f"A display name has between 1 and {_LONGEST_NAME} characters.")
    return name

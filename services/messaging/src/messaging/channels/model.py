"""What every channel is given and answers."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_LONGEST_ADDRESS = 254


class Result(StrEnum):
    """What an attempt led to. Values are GovStack's statuses."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    NOT_SENT = "notSent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is the provider's reply, None without one; `reason` one word, None when it was delivered."""

    result: Result
    reason: str | None = None
    code: int | None = None


DELIVERED = Outcome(Result.DELIVERED)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message with an address and a text: ready to leave."""

    id: UUID
    to: str
    to_name: str
    subject: str
    text: str
    at: datetime
    sender_name: str
    reply_to: str | None = None
    copies: tuple[str, ...] = ()
    hidden_copies: tuple[str, ...] = ()
    language: str | None = None
    template: str | None = None
    unsubscribe: str | None = None


class Channel(Protocol):
    """One way out. Used by several threads at once."""

    @property
    def name(self) -> str:
        """One word, for the log and the metrics."""
        ...

    def send(self, mail: Mail) -> Outcome:
        """One attempt. Never raises for what a provider answers."""
        ...

    def close(self) -> None:
        """Let connections go; twice does no harm."""
        ...


def is_address(text: str) -> bool:
    """Whether mail can be sent there: an ASCII address as HTML knows it, with a dot in its domain."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def one_line(text: str, longest: int = 200) -> str:
    """The text without what would break out of a header or a line: control characters become blanks."""
    flat = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(flat.split())[:longest]

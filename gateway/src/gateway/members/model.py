"""Identifiers of members and applications: `INSTANCE/CLASS/MEMBER/APPLICATION`."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from chassis.errors import Invalid

_CODE = re.compile(r"[A-Za-z0-9'()+,\-.=?]{1,255}")  # X-Road's alphabet: no underscore, no slash


class InvalidClientIdentifier(Invalid):
    """A client, member or service is named in a way that no identifier can be."""


def code(text: str) -> str:
    """One part of an identifier, as it came. Raises InvalidClientIdentifier."""
    if not _CODE.fullmatch(text) or text in {".", ".."}:
        raise InvalidClientIdentifier("A part of an identifier is 1 to 255 of A-Z a-z 0-9 '()+,-.=?")
    return text


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """An organisation that takes part. `name` is for people."""

    instance: str
    member_class: str
    code: str
    name: str = ""

    @classmethod
    def parse(cls, text: str, name: str = "") -> Self:
        """From `INSTANCE/CLASS/MEMBER`. Raises InvalidClientIdentifier."""
        parts = text.split("/")
        if len(parts) != 3:
            raise InvalidClientIdentifier("A member is INSTANCE/CLASS/MEMBER.")
        instance, member_class, member = map(code, parts)
        return cls(instance, member_class, member, name)

    def __str__(self) -> str:
        return f"{self.instance}/{self.member_class}/{self.code}"


@dataclass(frozen=True, slots=True, order=True)
class ClientId:
    """An application of a member (X-Road says subsystem), as caller or as provider."""

    instance: str
    member_class: str
    member: str
    application: str
    text: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", f"{self.owner}/{self.application}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `INSTANCE/CLASS/MEMBER/APPLICATION`, nothing percent-encoded. Raises InvalidClientIdentifier."""
        return cls.of(text.split("/"))

    @classmethod
    def of(cls, parts: list[str]) -> Self:
        """From its four parts in order. Raises InvalidClientIdentifier."""
        if len(parts) != 4:
            raise InvalidClientIdentifier("A client is INSTANCE/CLASS/MEMBER/APPLICATION.")
        return cls(*map(code, parts))

    @property
    def owner(self) -> str:
        """The member that the application belongs to: `INSTANCE/CLASS/MEMBER`."""
        return f"{self.instance}/{self.member_class}/{self.member}"

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=1024)
def client_id(text: str) -> ClientId:
    """`ClientId.parse`, remembered: a call reads the same few identifiers again and again."""
    return ClientId.parse(text)

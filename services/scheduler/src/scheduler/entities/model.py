"""An entity: who hosts events."""

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.errors import Conflict


class EntityExists(Conflict):
    """Another entity has this name and category."""


class EntityInUse(Conflict):
    """The entity hosts events that are not over."""


class FollowsAProcess(Conflict):
    """It was made for a participation process and moves with it."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How an organisation is reached."""

    phone: str | None = None
    email: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """`key` is the process that it stands for; None for one registered through the API."""

    id: UUID
    name: str
    category: str
    contact: Contact = Contact()
    key: str | None = None

    def modified(self, name: str | None, category: str | None, contact: dict[str, str]) -> "Entity":
        """What is not named stays."""
        return replace(
            self,
            name=name if name is not None else self.name,
            category=category if category is not None else self.category,
            contact=replace(self.contact, **contact),
        )

"""An official and her roles in one process."""

from dataclasses import dataclass
from uuid import UUID

from chassis.errors import Forbidden, Invalid
from engagement.processes.model import Role


class NotStaff(Forbidden):
    """Only officials and moderators introduce themselves."""


class UnknownOfficial(Invalid):
    """Nobody has introduced herself under this id."""


@dataclass(frozen=True, slots=True)
class Official:
    """`subject` is her pairwise id in this block; `unit` the office she works in."""

    id: UUID
    subject: str
    display_name: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an official is in a process."""

    official: Official
    roles: tuple[Role, ...]


def assigned(roles: dict[str, list[str]], subject: str, wanted: list[Role]) -> dict[str, list[str]]:
    """The roles of a process (`{role: [subject]}`) once this official holds exactly those wanted."""
    others = {role: [each for each in holders if each != subject] for role, holders in roles.items()}
    given = {role.value: [*others.get(role, []), subject] for role in wanted}
    return {role: holders for role, holders in (others | given).items() if holders}


def held(roles: dict[str, list[str]], subject: str) -> tuple[Role, ...]:
    """In the order in which roles are named."""
    return tuple(role for role in Role if subject in roles.get(role, ()))

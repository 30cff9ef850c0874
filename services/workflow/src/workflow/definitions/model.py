"""A process definition and its versions."""

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.errors import Conflict

LIFECYCLE = "engagement-lifecycle"


class DefinitionKept(Conflict):
    """Participation processes follow this definition."""


class DefinitionClosed(Conflict):
    """A closed or not executable definition starts no instance."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the author says of it; `label` is her own version."""

    name: str
    type: str
    label: str
    xml: str
    is_executable: bool = True
    is_closed: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition in its newest version. `key` names one that comes with the package."""

    id: UUID
    facts: Facts
    newest: int = 1
    key: str | None = None

    def revised(self, facts: Facts) -> "Definition":
        """Another body or label is another version; the rest changes in place."""
        same = (facts.xml, facts.label) == (self.facts.xml, self.facts.label)
        return replace(self, facts=facts, newest=self.newest if same else self.newest + 1)

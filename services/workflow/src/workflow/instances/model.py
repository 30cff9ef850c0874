"""A running definition."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import Conflict
from workflow.steps import Complete, Message


class Life(StrEnum):
    """BPMN 2.0, 13.2.2."""

    ACTIVE = "Active"
    COMPLETED = "Completed"
    TERMINATED = "Terminated"


class Kind(StrEnum):
    STARTED = "started"
    TASK_COMPLETED = "task-completed"
    MESSAGE_RECEIVED = "message-received"
    STOPPED = "stopped"


class InstanceExists(Conflict):
    """One instance follows a participation process."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of history; `name` is the element's or the message's, `values` what joined the data."""

    number: int
    at: datetime
    kind: Kind
    by: str
    name: str | None = None
    values: dict[str, Any] | None = None

    @property
    def given(self) -> Complete | Message | None:
        """What the engine was given; None for the start and the stop."""
        if self.kind is Kind.TASK_COMPLETED:
            return Complete(self.name or "", self.values or {})
        return Message(self.name or "") if self.kind is Kind.MESSAGE_RECEIVED else None


@dataclass(frozen=True, slots=True)
class Instance:
    """`version` counts its steps; `process_id` is the participation process that it follows, None without one."""

    id: UUID
    definition_id: UUID
    definition_version: int
    process_id: UUID | None
    engine_state: str
    started_by: str
    started_at: datetime
    changed_at: datetime
    state: Life = Life.ACTIVE
    version: int = 1

    @property
    def is_active(self) -> bool:
        return self.state is Life.ACTIVE

    def moved(self, engine_state: str, ended: bool, at: datetime) -> "Instance":
        """One step on."""
        state = Life.COMPLETED if ended else Life.ACTIVE
        return replace(self, engine_state=engine_state, state=state, version=self.version + 1, changed_at=at)

    def stopped(self, at: datetime) -> "Instance":
        """For good."""
        return replace(self, state=Life.TERMINATED, version=self.version + 1, changed_at=at)


def step_of(given: Complete | Message, number: int, by: str, at: datetime) -> Step:
    """The row of history that an input leaves."""
    if isinstance(given, Complete):
        return Step(number, at, Kind.TASK_COMPLETED, by, given.element, given.values)
    return Step(number, at, Kind.MESSAGE_RECEIVED, by, given.name, {})

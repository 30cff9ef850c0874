"""What goes into the engine and what comes out of it: plain values, so that every slice may speak of them."""

from dataclasses import dataclass, field
from typing import Any

from chassis.errors import Conflict


class NotAwaited(Conflict):
    """The instance does not wait for this."""


class CannotGoOn(Conflict):
    """A script or condition cannot be evaluated over the instance's data, or the instance runs in circles."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A user task as the definition has it; `lane` None outside of lanes."""

    element: str
    name: str
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """Input: someone did the task of this element; `values` join the data."""

    element: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """Input: a message of this name came."""

    name: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where an instance stands, free of ids and clocks: two states of one position continue alike. `steps` is the tree
    of what was and will be done, `[(element, state, data)]` in order."""

    open: tuple[Activity, ...]
    awaited: tuple[str, ...]
    ended: bool
    steps: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What an input brought about; the completed task itself is not among the cancelled."""

    opened: tuple[Activity, ...]
    cancelled: tuple[Activity, ...]
    ended: bool

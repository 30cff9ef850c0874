"""What waits for an official, from the workflow block's tasks."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    kind: str  # approve, verify, decide
    process_id: str
    opened_at: datetime
    instance_id: str | None = None


@dataclass(frozen=True, slots=True)
class TaskPage:
    items: tuple[Task, ...]
    next: str | None = None


def open_tasks(gateway: Gateway) -> tuple[Task, ...]:
    """At most 100."""
    return read(TaskPage, gateway.get("workflow", "v1/tasks", query={"state": "open", "limit": 100})).items

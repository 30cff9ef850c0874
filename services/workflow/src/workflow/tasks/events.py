"""What others may know about the tasks of a participation process."""

from datetime import datetime

from chassis.events import Event
from workflow.tasks.model import Task


def opened(of: Task) -> Event:
    return _event("task-opened", of, of.opened_at)


def completed(of: Task, at: datetime) -> Event:
    return _event("task-completed", of, at)


def _event(fact: str, of: Task, at: datetime) -> Event:
    data = {
        "taskId": str(of.id),
        "instanceId": str(of.instance_id),
        "kind": of.element,
        "processId": str(of.process_id),
    }
    return Event(f"workflow.{fact}.v1", str(of.instance_id), at, data)

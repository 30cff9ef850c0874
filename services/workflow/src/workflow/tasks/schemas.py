"""Tasks on the wire."""

from marshmallow import fields

from chassis.schemas import Instant, Wire, without_none
from workflow.tasks.model import Task


class TaskSchema(Wire):
    id = fields.UUID()
    kind = fields.String(attribute="element")
    process_id = fields.UUID()
    instance_id = fields.UUID()
    title = fields.Dict()
    lane = fields.String()
    state = fields.String()
    opened_at = Instant()
    completed_at = Instant()


_TASK = TaskSchema()


def task(of: Task) -> dict[str, object]:
    return without_none(_TASK.dump(of))

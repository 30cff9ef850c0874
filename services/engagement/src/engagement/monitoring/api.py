"""The door of monitoring."""

from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading
from engagement.actors import actor
from engagement.monitoring import actions, schemas
from engagement.monitoring.policy import may_see_alerts
from engagement.processes import actions as processes
from engagement.processes.policy import may_see_counts


def get_kpi(process_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        may_see_counts(by, process, now()).require()
        found = actions.overview(tx, process)
    return ok(schemas.kpi(found, staff=bool(may_see_alerts(by)), at=now()))

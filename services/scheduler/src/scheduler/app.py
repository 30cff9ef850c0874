"""The front door of the scheduler: what it answers, what it hears, what it does by itself."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service, Tick
from scheduler.alerts import api as alerts
from scheduler.entities import api as entities
from scheduler.events import api as events
from scheduler.firing import jobs as firing
from scheduler.log import api as log
from scheduler.phases import consumers as phases
from scheduler.settings import Settings

SERVICE = Service(
    name="scheduler",
    operations=(entities, events, alerts, log),
    subscriptions={
        "engagement.process-approved.v1": phases.on_process_approved,
        "engagement.phase-rescheduled.v1": phases.on_phase_rescheduled,
    },
    ticks=(Tick("firing", firing.EVERY_SECONDS, firing.fire_due),),
    failpoints=firing.POINTS,
    figures={"scheduler_alerts": firing.alerts, "scheduler_oldest_due_seconds": firing.oldest_due},
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)

"""The front door of the workflow: what it answers and what it hears."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service
from workflow.definitions import api as definitions
from workflow.figures import FIGURES
from workflow.instances import api as instances
from workflow.settings import Settings
from workflow.tasks import api as tasks
from workflow.triggers import consumers as triggers

SERVICE = Service(
    name="workflow",
    operations=(definitions, instances, tasks),
    subscriptions={
        "engagement.process-drafted.v1": triggers.on_process_drafted,
        "engagement.process-approved.v1": triggers.on_process_approved,
        "engagement.phase-closed.v1": triggers.on_phase_closed,
        "engagement.results-sealed.v1": triggers.on_results_sealed,
        "engagement.process-decided.v1": triggers.on_process_decided,
    },
    figures=FIGURES,
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)

"""The figures of the block, read at each scrape."""

from collections.abc import Callable

from chassis.database import Transaction
from chassis.runtime import Runtime
from workflow.instances import store as instances
from workflow.tasks import store as tasks
from workflow.triggers import store as triggers

Samples = list[tuple[tuple[str, ...], float]]


def _by_state(counts: Callable[[Transaction], dict[str, int]]) -> Callable[[Runtime], Samples]:
    def read(runtime: Runtime) -> Samples:
        with runtime.reading() as tx:
            return [((state,), float(number)) for state, number in counts(tx).items()]

    return read


FIGURES = {
    "workflow_tasks": _by_state(tasks.counts),
    "workflow_instances": _by_state(instances.counts),
    "workflow_triggers": _by_state(triggers.counts),
}

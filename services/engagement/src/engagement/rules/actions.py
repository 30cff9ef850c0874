"""The story of rules: an official sets them."""

from datetime import datetime

from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.processes import store as processes
from engagement.processes.model import Role
from engagement.processes.policy import may_act
from engagement.rules import store
from engagement.rules.model import Measure, PopulationUnknown, Rules


def set_rules(tx: Transaction, wanted: Rules, *, by: Actor, at: datetime) -> Rules:
    """Other rules from now on; what was counted stays. Raises NotFound, NotAnOfficial, NotYourRole, PopulationUnknown,
    Stale."""
    process = processes.find_held(tx, wanted.process_id)
    may_act(by, process, Role.EDITOR).require()
    threshold = wanted.threshold
    if threshold and threshold.measure is Measure.PERCENT and process.strategy.eligible_population is None:
        pointer = [("/threshold/measure", "needs the eligible population in the strategy")]
        raise PopulationUnknown("A percentage needs to know of how many.", pointer)
    store.save(tx, wanted, at)
    audit.record(tx, process.id, "rules of proposals set", process.id, by=by, at=at)
    return wanted

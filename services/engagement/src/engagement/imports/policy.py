"""Who may import, and when."""

from datetime import datetime

from chassis.verdict import Verdict
from engagement.actors import Actor
from engagement.contributions import Kind
from engagement.processes.model import Process
from engagement.processes.policy import in_time, may_work_on


def may_import(actor: Actor, process: Process, kind: Kind, at: datetime) -> Verdict:
    """An official, while a phase takes this kind."""
    return may_work_on(actor) and in_time(process, kind, at)

"""Who may do what to a process."""

from datetime import datetime

from chassis.errors import Forbidden
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.contributions import Kind, PhaseClosed
from engagement.processes.model import Process, State


class NotAnOfficial(Forbidden):
    """Only officials do this."""


class FourEyes(Forbidden):
    """Whoever drafted a process does not approve it."""


def may_see(actor: Actor, process: Process) -> bool:
    """Drafts and reviews are for staff; everything later is public."""
    return actor.is_staff or process.state not in (State.DRAFT, State.IN_REVIEW)


def may_work_on(actor: Actor) -> Verdict:
    """Draft, revise, hand over, move phases, verify, seal, decide."""
    return ALLOWED if actor.is_official and actor.is_person else refused(NotAnOfficial("Only officials do this."))


def may_approve(actor: Actor, process: Process) -> Verdict:
    """A second official: whoever publishes is not the author."""
    if verdict := may_work_on(actor):
        if actor.subject == process.author:
            return refused(FourEyes("Another official approves what you drafted."))
        return verdict
    return may_work_on(actor)


def in_time(process: Process, kind: Kind, at: datetime) -> Verdict:
    """Whether a phase takes this kind of contribution at this instant."""
    if process.takes(kind, at):
        return ALLOWED
    return refused(PhaseClosed("The process does not take this now."))

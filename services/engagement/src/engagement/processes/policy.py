"""Who may do what to a process."""

from datetime import datetime

from chassis.errors import Conflict, Forbidden
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.contributions import Kind, PhaseClosed
from engagement.processes.model import Process, Role, State


class NotAnOfficial(Forbidden):
    """Only officials do this."""


class FourEyes(Forbidden):
    """Whoever drafted a process does not approve it."""


class NotYourRole(Forbidden):
    """The process names others for this, or names the caller its auditor."""


class CountsHidden(Conflict):
    """Counts and figures are kept from the public until a phase has closed."""


def may_see(actor: Actor, process: Process) -> bool:
    """Drafts and reviews are for staff; everything later is public."""
    return actor.is_staff or process.state not in (State.DRAFT, State.IN_REVIEW)


def may_work_on(actor: Actor) -> Verdict:
    """Draft, revise, hand over, move phases, verify, seal, decide."""
    return ALLOWED if actor.is_official and actor.is_person else refused(NotAnOfficial("Only officials do this."))


def may_approve(actor: Actor, process: Process) -> Verdict:
    """A second official: whoever publishes is not the author."""
    if may_work_on(actor) and actor.subject == process.author:
        return refused(FourEyes("Another official approves what you drafted."))
    return may_act(actor, process, Role.PUBLISHER)


def may_act(actor: Actor, process: Process, role: Role) -> Verdict:
    """Any official in a role that nobody holds; else those who hold it. Whoever drafted a process edits it, and its
    auditors change nothing."""
    named = process.holders(role) + ([process.author] if role is Role.EDITOR else [])
    if not (verdict := may_work_on(actor)):
        return verdict
    if actor.subject in process.holders(Role.AUDITOR):
        return refused(NotYourRole("An auditor changes nothing."))
    if process.holders(role) and actor.subject not in named:
        return refused(NotYourRole(f"This process has its own {role.replace('_', ' ')}."))
    return ALLOWED


def sees_results(actor: Actor, process: Process, at: datetime) -> bool:
    """Whether counts and figures may be shown: each answer, page and list asks here."""
    return actor.is_staff or not process.hides_results(at)


def may_see_counts(actor: Actor, process: Process, at: datetime) -> Verdict:
    """For answers that are nothing but counts and figures."""
    if sees_results(actor, process, at):
        return ALLOWED
    return refused(CountsHidden("Counts and figures are not shown before the phase has closed."))


def in_time(process: Process, kind: Kind, at: datetime) -> Verdict:
    """Whether a phase takes this kind of contribution at this instant."""
    if process.takes(kind, at):
        return ALLOWED
    return refused(PhaseClosed("The process does not take this now."))

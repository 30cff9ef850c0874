"""Who may take part."""

from collections.abc import Collection

from chassis.errors import Unauthenticated
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.participants.model import (
    IdentityNotChecked,
    NotAParticipant,
    Participant,
    ProcessNotJoinable,
    State,
    Step,
)
from engagement.processes.model import Process
from engagement.processes.model import State as ProcessState


def may_join(actor: Actor, process: Process, verifying: Collection[str] = ()) -> Verdict:
    """Any person while the process is announced or open; officials act for the institution instead. `verifying` are the
    assurances that a process for verified people takes."""
    if not actor.is_person:
        return refused(Unauthenticated("Sign in to take part."))
    if actor.is_staff:
        return refused(NotAParticipant("Officials and moderators do not take part as citizens."))
    if Step.of(process.strategy.access) is Step.VERIFIED and actor.assurance not in verifying:
        return refused(IdentityNotChecked("This process is for people whose identity was checked."))
    return is_joinable(process)


def is_joinable(process: Process) -> Verdict:
    """Whether anybody can come in now."""
    if process.state in (ProcessState.SCHEDULED, ProcessState.OPEN):
        return ALLOWED
    return refused(ProcessNotJoinable("This process cannot be joined now."))


def takes_part(participant: Participant | None) -> Verdict:
    """Whether this participation stands."""
    if participant is None or participant.state is State.WITHDRAWN:
        return refused(NotAParticipant("Join the process first."))
    return ALLOWED

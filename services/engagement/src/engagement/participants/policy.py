"""Who may take part."""

from chassis.errors import Unauthenticated
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.participants.model import NotAParticipant, Participant, ProcessNotJoinable, State
from engagement.processes.model import Process
from engagement.processes.model import State as ProcessState


def may_join(actor: Actor, process: Process) -> Verdict:
    """Any person while the process is announced or open; officials act for the institution instead."""
    if not actor.is_person:
        return refused(Unauthenticated("Sign in to take part."))
    if actor.is_staff:
        return refused(NotAParticipant("Officials and moderators do not take part as citizens."))
    if process.state not in (ProcessState.SCHEDULED, ProcessState.OPEN):
        return refused(ProcessNotJoinable("This process cannot be joined now."))
    return ALLOWED


def takes_part(participant: Participant | None) -> Verdict:
    """Whether this participation stands."""
    if participant is None or participant.state is State.WITHDRAWN:
        return refused(NotAParticipant("Join the process first."))
    return ALLOWED

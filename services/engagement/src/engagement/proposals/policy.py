"""Who may do what to a proposal, and when."""

from datetime import datetime

from chassis.errors import Forbidden
from chassis.verdict import Verdict, refused
from engagement.actors import Actor
from engagement.contributions import Channel
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.policy import in_time, may_work_on
from engagement.proposals.model import ENDORSEMENT, PROPOSAL, Proposal, State


class ChannelNotYours(Forbidden):
    """Participants speak for themselves on the web; officials enter what came in elsewhere."""


def may_submit(
    actor: Actor, participant: Participant | None, process: Process, channel: Channel, at: datetime
) -> Verdict:
    """A participant by the web; an official for a meeting, paper or telephone. Both while a phase takes proposals."""
    if actor.is_official:
        verdict = may_work_on(actor) if channel is not Channel.WEB else _not_yours()
    else:
        verdict = takes_part(participant) if channel is Channel.WEB else _not_yours()
    return verdict and in_time(process, PROPOSAL, at)


def may_endorse(participant: Participant | None, process: Process, at: datetime) -> Verdict:
    """A participant, while a phase takes endorsements."""
    return takes_part(participant) and in_time(process, ENDORSEMENT, at)


def may_see(actor: Actor, proposal: Proposal, *, own: bool) -> bool:
    """A draft is its author's; what is hidden is seen by staff and its author; the rest is public."""
    if proposal.state is State.DRAFT:
        return own or (actor.is_official and actor.subject == proposal.entered_by)
    return proposal.state is State.PUBLISHED or own or actor.is_staff


def _not_yours() -> Verdict:
    return refused(ChannelNotYours("This channel is not yours to speak on."))

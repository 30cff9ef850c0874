"""Who may do what to a proposal, and when."""

from datetime import datetime

from chassis.errors import Forbidden
from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.contributions import Channel
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.model import State as ProcessState
from engagement.processes.policy import in_time, may_work_on
from engagement.proposals.content import Display
from engagement.proposals.model import (
    EDITED_WITHIN,
    ENDORSEMENT,
    PROPOSAL,
    AlreadySubmitted,
    NotYourText,
    Proposal,
    ProposalClosed,
    State,
)
from engagement.rules.model import NameNotAllowed, Rules


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


def is_author(actor: Actor, participant: Participant | None, proposal: Proposal) -> Verdict:
    """The participant who wrote it, or the official who entered it."""
    wrote = participant is not None and participant.id == proposal.participant_id
    entered = proposal.participant_id is None and actor.is_official and actor.subject == proposal.entered_by
    return ALLOWED if wrote or entered else refused(NotYourText("Only its author does this."))


def may_edit(proposal: Proposal, at: datetime, *, met: bool) -> Verdict:
    """For its author: a draft at any time, a public text for a short while and until others met it (`met`) with support
    or a comment, so that nobody stands under words that she never saw."""
    if proposal.state is State.DRAFT:
        return ALLOWED
    if proposal.state is not State.PUBLISHED:
        return refused(ProposalClosed("Only what is published is edited."))
    if met or proposal.published_at is None or at >= proposal.published_at + EDITED_WITHIN:
        return refused(AlreadySubmitted("The time to edit this proposal is over; it changes by amendment."))
    return ALLOWED


def may_show(rules: Rules, display: Display) -> Verdict:
    """Whether a proposal may stand under another name than its author's, or under none."""
    if display is Display.NAME or rules.other_names:
        return ALLOWED
    return refused(NameNotAllowed("This process shows authors by name.", [("/display", "is `name` in this process")]))


def may_withdraw(process: Process) -> Verdict:
    """For its author, until the input is sealed."""
    if process.state in (ProcessState.SCHEDULED, ProcessState.OPEN, ProcessState.CLOSED):
        return ALLOWED
    return refused(ProposalClosed("The input of this process is sealed."))


def may_see(actor: Actor, proposal: Proposal, *, own: bool) -> bool:
    """A draft is its author's; what is hidden is seen by staff and its author; the rest is public."""
    if proposal.state is State.DRAFT:
        return own or (actor.is_official and actor.subject == proposal.entered_by)
    return proposal.state in (State.PUBLISHED, State.WITHDRAWN) or own or actor.is_staff


def _not_yours() -> Verdict:
    return refused(ChannelNotYours("This channel is not yours to speak on."))

"""Who may amend a proposal, and who decides."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.amendments.model import AMENDMENT, OPEN_MOST, Amendment, TooManyAmendments
from engagement.contributions import Status
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.policy import in_time
from engagement.proposals.model import NotYourText, Proposal, ProposalClosed, State
from engagement.rules.model import Rules
from engagement.rules.policy import takes_amendments


def may_amend(
    participant: Participant | None, process: Process, rules: Rules, proposal: Proposal, at: datetime
) -> Verdict:
    """A participant, on another person's public proposal, while a phase takes amendments."""
    verdict = takes_part(participant) and in_time(process, AMENDMENT, at) and takes_amendments(rules)
    if verdict and proposal.state is not State.PUBLISHED:
        return refused(ProposalClosed("This proposal takes no amendments."))
    return verdict


def has_room(waiting: int) -> Verdict:
    """`waiting`: how many amendments wait for the authors."""
    if waiting < OPEN_MOST:
        return ALLOWED
    return refused(TooManyAmendments(f"{OPEN_MOST} amendments wait for the authors already."))


def is_proposer(participant: Participant | None, amendment: Amendment) -> Verdict:
    """Whoever proposed it."""
    if participant is not None and participant.id == amendment.participant_id:
        return ALLOWED
    return refused(NotYourText("Only who proposed the amendment does this."))


def may_see(actor: Actor, participant: Participant | None, amendment: Amendment) -> bool:
    """What is hidden is for staff and whoever proposed it; the rest is public."""
    return amendment.status is not Status.HIDDEN or actor.is_staff or bool(is_proposer(participant, amendment))

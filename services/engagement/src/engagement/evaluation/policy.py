"""What may be verified and decided, and when. Who: officials (processes' `may_work_on`)."""

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.contributions import Status
from engagement.evaluation.model import NotVerified
from engagement.processes.model import NotSealed, Process, State
from engagement.proposals.model import Proposal, ProposalClosed, Verification
from engagement.proposals.model import State as ProposalState


def may_verify(process: Process, proposal: Proposal) -> Verdict:
    """After the last phase and before the seal; after it only what a moderator restored since."""
    late = process.state is State.ANALYSING and proposal.verification is Verification.PENDING
    if process.state is State.CLOSED or late:
        return ALLOWED
    return refused(NotSealed("Input is verified between the last phase and the seal."))


def in_decision(process: Process) -> Verdict:
    """After the seal and before the answers are public."""
    if process.state is State.ANALYSING:
        return ALLOWED
    return refused(NotSealed("Decisions are made between the seal and their publication."))


def may_decide(process: Process, proposal: Proposal) -> Verdict:
    """What was found valid, while it is time to decide."""
    if not in_decision(process):
        return in_decision(process)
    if proposal.state is not ProposalState.PUBLISHED or proposal.status is Status.INVALIDATED:
        return refused(ProposalClosed("Only what is public and valid is decided."))
    if proposal.verification is Verification.PENDING:
        return refused(NotVerified("This proposal is not verified yet."))
    return ALLOWED

"""Who may assess, when, and who sees what others found."""

from collections.abc import Sequence

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.contributions import Status
from engagement.criteria.model import ENOUGH, Assessment, CriteriaSet, Evaluator, NoCriteria, NotAnEvaluator, counted
from engagement.processes.model import NotSealed, Process, State
from engagement.processes.policy import may_work_on
from engagement.proposals.model import Proposal, ProposalClosed
from engagement.proposals.model import State as ProposalState


def may_assess(
    actor: Actor, evaluator: Evaluator | None, criteria: CriteriaSet, process: Process, proposal: Proposal
) -> Verdict:
    """An evaluator, by published criteria, what is public and not found invalid, between the last phase and the
    answers."""
    if not may_work_on(actor):
        return may_work_on(actor)
    if evaluator is None:
        return refused(NotAnEvaluator("Enter yourself as an evaluator of this process first."))
    if criteria.published_at is None:
        return refused(NoCriteria("The criteria of this process are not published yet."))
    if process.state not in (State.CLOSED, State.ANALYSING):
        return refused(NotSealed("Proposals are assessed after the last phase and before the answers."))
    if proposal.state is not ProposalState.PUBLISHED or proposal.status is Status.INVALIDATED:
        return refused(ProposalClosed("Only what is public and valid is assessed."))
    return ALLOWED


def sees_others(evaluator: Evaluator | None, mine: Assessment | None, assessments: Sequence[Assessment]) -> bool:
    """Once there are enough; an evaluator only after her own, so that nobody leans on what others found."""
    return len(counted(assessments)) >= ENOUGH and (evaluator is None or mine is not None)

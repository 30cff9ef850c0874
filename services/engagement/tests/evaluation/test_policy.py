"""What may be verified and decided, and when."""

from types import ModuleType

import pytest

from engagement.contributions import Status
from engagement.evaluation import policy
from engagement.evaluation.model import NotVerified
from engagement.processes.model import NotSealed, State
from engagement.proposals.model import ProposalClosed, Verification
from engagement.proposals.model import State as ProposalState


@pytest.mark.parametrize(
    ("state", "verification", "refusal"),
    [
        (State.OPEN, Verification.PENDING, NotSealed),
        (State.CLOSED, Verification.PENDING, None),
        (State.CLOSED, Verification.VALID, None),
        (State.ANALYSING, Verification.PENDING, None),
        (State.ANALYSING, Verification.VALID, NotSealed),
        (State.DECIDED, Verification.PENDING, NotSealed),
    ],
)
def test_when_input_is_verified(
    make: ModuleType, state: State, verification: Verification, refusal: type | None
) -> None:
    process = make.process(state=state)

    verdict = policy.may_verify(process, make.proposal(process.id, verification=verification))

    assert make.refusal(verdict) is refusal


@pytest.mark.parametrize(
    ("state", "values", "refusal"),
    [
        (State.ANALYSING, {"verification": Verification.VALID}, None),
        (State.CLOSED, {"verification": Verification.VALID}, NotSealed),
        (State.DECIDED, {"verification": Verification.VALID}, NotSealed),
        (State.ANALYSING, {}, NotVerified),
        (State.ANALYSING, {"verification": Verification.INVALID, "status": Status.INVALIDATED}, ProposalClosed),
        (State.ANALYSING, {"verification": Verification.VALID, "state": ProposalState.HIDDEN}, ProposalClosed),
    ],
)
def test_when_a_proposal_is_decided(
    make: ModuleType, state: State, values: dict[str, object], refusal: type | None
) -> None:
    process = make.process(state=state)

    assert make.refusal(policy.may_decide(process, make.proposal(process.id, **values))) is refusal

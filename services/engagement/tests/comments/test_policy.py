"""Who may comment, where a remark fits, and who reads what is hidden."""

from types import ModuleType

import pytest

from engagement.comments import policy
from engagement.comments.model import COMMENT, CommentClosed, Position, PositionOnReply, Remark, State
from engagement.contributions import Kind, PhaseClosed
from engagement.participants.model import NotAParticipant
from engagement.proposals.model import PROPOSAL, ProposalClosed
from engagement.proposals.model import State as ProposalState


@pytest.mark.parametrize(
    ("joined", "accepts", "state", "refusal"),
    [
        (True, COMMENT, ProposalState.PUBLISHED, None),
        (False, COMMENT, ProposalState.PUBLISHED, NotAParticipant),
        (True, PROPOSAL, ProposalState.PUBLISHED, PhaseClosed),
        (True, COMMENT, ProposalState.HIDDEN, ProposalClosed),
        (True, COMMENT, ProposalState.DRAFT, ProposalClosed),
        (True, COMMENT, ProposalState.WITHDRAWN, ProposalClosed),
    ],
)
def test_who_may_comment(
    make: ModuleType, joined: bool, accepts: Kind, state: ProposalState, refusal: type | None
) -> None:
    process = make.process(phases=(make.phase(accepts=frozenset({accepts})),))
    participant = make.participant(process.id) if joined else None
    proposal = make.proposal(process.id, state=state)

    assert make.refusal(policy.may_comment(participant, process, proposal, make.NOON)) is refusal


@pytest.mark.parametrize(
    ("position", "parent", "refusal"),
    [
        (Position.AGAINST, None, None),
        (None, None, None),
        (None, State.VISIBLE, None),
        (Position.NEUTRAL, State.VISIBLE, PositionOnReply),
        (None, State.HIDDEN, CommentClosed),
    ],
)
def test_where_a_remark_fits(
    make: ModuleType, position: Position | None, parent: State | None, refusal: type | None
) -> None:
    answered = make.comment(make.proposal(make.process().id), state=parent) if parent else None

    assert make.refusal(policy.may_stand(Remark({"en": "So."}, position=position), answered)) is refusal


@pytest.mark.parametrize(
    ("actor", "own", "reads"),
    [
        ("the public", False, False),
        ("a citizen", False, False),
        ("a citizen", True, True),
        ("an official", False, True),
        ("a moderator", False, True),
    ],
)
def test_who_reads_what_is_hidden(make: ModuleType, actor: str, own: bool, reads: bool) -> None:
    process = make.process()
    author, reader = make.participant(process.id, "ben"), make.participant(process.id, "ana")
    hidden = make.comment(make.proposal(process.id), author, state=State.HIDDEN)

    assert policy.may_read(make.ACTORS[actor], author if own else reader, hidden) is reads
    assert policy.may_read(make.ACTORS[actor], None, make.comment(make.proposal(process.id)))

"""What can happen to a proposal, and what its texts may measure."""

from types import ModuleType

import pytest

from engagement.contributions import OutsideLimits, Status
from engagement.processes.model import Limits
from engagement.proposals.content import Content, UnknownCategory
from engagement.proposals.model import AlreadySubmitted, ProposalClosed, State, Submission, Verification


@pytest.mark.parametrize(
    ("content", "broken"),
    [
        ({"title": {"en": "x" * 10}}, []),
        ({"title": {"en": "x" * 9}}, [("titleMin", 10, 9)]),
        ({"title": {"en": "x" * 121}}, [("titleMax", 120, 121)]),
        ({"title": {"en": "x" * 121, "ca": "y"}}, [("titleMin", 10, 1), ("titleMax", 120, 121)]),
        ({"title": {"en": "x" * 10}, "summary": {"en": "x" * 281}}, [("summaryMax", 280, 281)]),
        ({"title": {"en": "x" * 10}, "body": {"en": "short", "ca": "x" * 5001}}, [("bodyMax", 5000, 5001)]),
    ],
)
def test_every_limit_that_is_broken_is_named(content: dict[str, object], broken: list[tuple[str, int, int]]) -> None:
    excesses = Content(**content).excesses(Limits(), [])

    assert [(each.limit, each.allowed, each.actual) for each in excesses] == broken


def test_a_process_with_categories_takes_one_of_them(make: ModuleType) -> None:
    process = make.process(categories=[{"code": "parks", "name": {"en": "Parks"}}])

    assert make.content(category="parks").within(process)
    for other in (None, "roads"):
        with pytest.raises(UnknownCategory):
            make.content(category=other).within(process)


def test_a_text_outside_the_limits_is_refused_with_its_field(make: ModuleType) -> None:
    with pytest.raises(OutsideLimits) as refused:
        make.content("short").within(make.process())

    assert refused.value.errors == [("/title", "5 characters; limit 10")]


@pytest.mark.parametrize("state", list(State))
def test_transitions_leave_from_their_own_state_alone(make: ModuleType, state: State) -> None:
    process = make.process()
    author = make.participant(process.id)
    proposal = make.proposal(process.id, author, state=state)

    for does, needs, refusal in (
        (lambda: proposal.revised(Submission(make.content())), State.DRAFT, AlreadySubmitted),
        (lambda: proposal.rewritten(make.content(), make.NOON), State.PUBLISHED, ProposalClosed),
        (lambda: proposal.withdrawn(make.NOON), State.PUBLISHED, ProposalClosed),
        (lambda: proposal.endorsed_by(author, make.NOON), State.PUBLISHED, ProposalClosed),
        (lambda: proposal.hidden("spam"), State.PUBLISHED, ProposalClosed),
        (proposal.restored, State.HIDDEN, ProposalClosed),
        (lambda: proposal.verified(Verification.VALID, make.NOON), State.PUBLISHED, ProposalClosed),
    ):
        if state is needs:
            assert does()
        else:
            with pytest.raises(refusal):
                does()


def test_what_was_invalid_before_it_was_hidden_is_invalid_when_restored(make: ModuleType) -> None:
    invalid = make.proposal(make.process().id).verified(Verification.INVALID, make.NOON)

    assert invalid.status is Status.INVALIDATED
    assert invalid.hidden("spam").status is Status.HIDDEN
    assert invalid.hidden("spam").restored().status is Status.INVALIDATED


def test_a_change_of_mind_lets_a_proposal_count_again(make: ModuleType) -> None:
    invalid = make.proposal(make.process().id).verified(Verification.INVALID, make.NOON)

    assert invalid.verified(Verification.VALID, make.NOON).status is Status.COUNTED

"""Who may do what to a proposal, and when."""

from datetime import timedelta
from types import ModuleType

import pytest

from engagement.contributions import Channel, PhaseClosed
from engagement.participants.model import NotAParticipant
from engagement.participants.model import State as Participation
from engagement.processes.model import State as ProcessState
from engagement.proposals import policy
from engagement.proposals.content import Display
from engagement.proposals.model import AlreadySubmitted, NotYourText, ProposalClosed, State
from engagement.proposals.policy import ChannelNotYours
from engagement.rules.model import NameNotAllowed, Rules


@pytest.mark.parametrize(
    ("actor", "joined", "channel", "phase", "refusal"),
    [
        ("a citizen", True, Channel.WEB, "open", None),
        ("a citizen", True, Channel.WEB, "closed", PhaseClosed),
        ("a citizen", False, Channel.WEB, "open", NotAParticipant),
        ("a citizen", False, Channel.WEB, "closed", NotAParticipant),
        ("a citizen", True, Channel.PAPER, "open", ChannelNotYours),
        ("an official", False, Channel.MEETING, "open", None),
        ("an official", False, Channel.PAPER, "closed", PhaseClosed),
        ("an official", False, Channel.WEB, "open", ChannelNotYours),
        ("a moderator", False, Channel.WEB, "open", NotAParticipant),
        ("the public", False, Channel.WEB, "open", NotAParticipant),
    ],
)
def test_who_may_submit(
    make: ModuleType, actor: str, joined: bool, channel: Channel, phase: str, refusal: type | None
) -> None:
    process = make.process()
    participant = make.participant(process.id) if joined else None
    at = make.NOON if phase == "open" else make.NOON + 2 * make.DAY

    verdict = policy.may_submit(make.ACTORS[actor], participant, process, channel, at)

    assert make.refusal(verdict) is refusal


@pytest.mark.parametrize(
    ("state", "phase", "refusal"),
    [
        (Participation.JOINED, "open", None),
        (Participation.JOINING, "open", None),
        (Participation.WITHDRAWN, "open", NotAParticipant),
        (Participation.JOINED, "closed", PhaseClosed),
        (None, "open", NotAParticipant),
    ],
)
def test_who_may_endorse(make: ModuleType, state: Participation | None, phase: str, refusal: type | None) -> None:
    process = make.process()
    participant = make.participant(process.id, state=state) if state else None
    at = make.NOON if phase == "open" else make.NOON + 2 * make.DAY

    assert make.refusal(policy.may_endorse(participant, process, at)) is refusal


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (State.DRAFT, {"the author"}),
        (State.PUBLISHED, {"the author", "the public", "a citizen", "an official", "a moderator"}),
        (State.HIDDEN, {"the author", "an official", "a moderator"}),
        (State.WITHDRAWN, {"the author", "the public", "a citizen", "an official", "a moderator"}),
    ],
)
def test_who_may_see(make: ModuleType, state: State, seen_by: set[str]) -> None:
    process = make.process()
    proposal = make.proposal(process.id, make.participant(process.id, "ben"), state=state)

    seeing = {name for name, actor in make.ACTORS.items() if policy.may_see(actor, proposal, own=False)}
    own = {"the author"} if policy.may_see(make.CITIZEN, proposal, own=True) else set()

    assert seeing | own == seen_by


def test_a_draft_for_a_meeting_is_its_officials_alone(make: ModuleType) -> None:
    draft = make.proposal(make.process().id, None, state=State.DRAFT, entered_by="olga")

    assert policy.may_see(make.OFFICIAL, draft, own=False)
    assert not policy.may_see(make.official("otto"), draft, own=False)


@pytest.mark.parametrize(
    ("state", "minutes", "met", "refusal"),
    [
        (State.DRAFT, 10_000, False, None),
        (State.PUBLISHED, 0, False, None),
        (State.PUBLISHED, 29, False, None),
        (State.PUBLISHED, 30, False, AlreadySubmitted),
        (State.PUBLISHED, 1, True, AlreadySubmitted),
        (State.HIDDEN, 1, False, ProposalClosed),
        (State.WITHDRAWN, 1, False, ProposalClosed),
    ],
)
def test_when_a_text_may_be_edited(
    make: ModuleType, state: State, minutes: int, met: bool, refusal: type | None
) -> None:
    proposal = make.proposal(make.process().id, state=state)

    verdict = policy.may_edit(proposal, make.NOON + timedelta(minutes=minutes), met=met)

    assert make.refusal(verdict) is refusal


def test_who_is_the_author(make: ModuleType) -> None:
    process = make.process()
    ana, ben = make.participant(process.id, "ana"), make.participant(process.id, "ben")
    hers, offices = make.proposal(process.id, ana), make.proposal(process.id, None, entered_by="olga")

    assert policy.is_author(make.CITIZEN, ana, hers)
    assert policy.is_author(make.OFFICIAL, None, offices)
    for actor, participant, proposal in (
        (make.CITIZEN, ben, hers),
        (make.CITIZEN, None, hers),
        (make.OFFICIAL, None, hers),
        (make.official("otto"), None, offices),
    ):
        assert make.refusal(policy.is_author(actor, participant, proposal)) is NotYourText


@pytest.mark.parametrize("display", list(Display))
@pytest.mark.parametrize("other_names", [True, False])
def test_other_names_only_where_the_rules_allow_them(make: ModuleType, display: Display, other_names: bool) -> None:
    verdict = policy.may_show(Rules(make.process().id, other_names=other_names), display)

    assert make.refusal(verdict) is (None if other_names or display is Display.NAME else NameNotAllowed)


@pytest.mark.parametrize("state", list(ProcessState))
def test_a_proposal_is_withdrawn_until_the_input_is_sealed(make: ModuleType, state: ProcessState) -> None:
    verdict = policy.may_withdraw(make.process(state=state))

    assert bool(verdict) is (state in (ProcessState.SCHEDULED, ProcessState.OPEN, ProcessState.CLOSED))

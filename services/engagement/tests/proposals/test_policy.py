"""Who may do what to a proposal, and when."""

from types import ModuleType

import pytest

from engagement.contributions import Channel, PhaseClosed
from engagement.participants.model import NotAParticipant
from engagement.participants.model import State as Participation
from engagement.proposals import policy
from engagement.proposals.model import State
from engagement.proposals.policy import ChannelNotYours


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
        (State.WITHDRAWN, {"the author", "an official", "a moderator"}),
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

"""Who may take part."""

from types import ModuleType

import pytest

from chassis.errors import Unauthenticated
from engagement.participants import policy
from engagement.participants.model import NotAParticipant, ProcessNotJoinable, State
from engagement.processes.model import State as ProcessState


@pytest.mark.parametrize(
    ("actor", "state", "refusal"),
    [
        ("a citizen", ProcessState.SCHEDULED, None),
        ("a citizen", ProcessState.OPEN, None),
        ("a citizen", ProcessState.CLOSED, ProcessNotJoinable),
        ("a citizen", ProcessState.DRAFT, ProcessNotJoinable),
        ("a citizen", ProcessState.CANCELLED, ProcessNotJoinable),
        ("the public", ProcessState.OPEN, Unauthenticated),
        ("an official", ProcessState.OPEN, NotAParticipant),
        ("a moderator", ProcessState.OPEN, NotAParticipant),
    ],
)
def test_who_may_join(make: ModuleType, actor: str, state: ProcessState, refusal: type | None) -> None:
    assert make.refusal(policy.may_join(make.ACTORS[actor], make.process(state=state))) is refusal


@pytest.mark.parametrize(
    ("state", "refusal"), [(State.JOINING, None), (State.JOINED, None), (State.WITHDRAWN, NotAParticipant)]
)
def test_who_takes_part(make: ModuleType, state: State, refusal: type | None) -> None:
    participant = make.participant(make.process().id, state=state)

    assert make.refusal(policy.takes_part(participant)) is refusal


def test_nobody_takes_part_without_joining(make: ModuleType) -> None:
    assert make.refusal(policy.takes_part(None)) is NotAParticipant

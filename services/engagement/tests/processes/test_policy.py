"""Who may do what to a process."""

from types import ModuleType

import pytest

from engagement.processes import policy
from engagement.processes.model import State
from engagement.processes.policy import FourEyes, NotAnOfficial


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        ("the public", NotAnOfficial),
        ("a citizen", NotAnOfficial),
        ("a moderator", NotAnOfficial),
        ("an official", None),
    ],
)
def test_who_may_work_on_a_process(make: ModuleType, actor: str, refusal: type | None) -> None:
    assert make.refusal(policy.may_work_on(make.ACTORS[actor])) is refusal


@pytest.mark.parametrize(
    ("author", "actor", "refusal"),
    [("olga", "an official", FourEyes), ("otto", "an official", None), ("otto", "a citizen", NotAnOfficial)],
)
def test_who_may_approve(make: ModuleType, author: str, actor: str, refusal: type | None) -> None:
    verdict = policy.may_approve(make.ACTORS[actor], make.process(author=author, state=State.IN_REVIEW))

    assert make.refusal(verdict) is refusal


@pytest.mark.parametrize("state", list(State))
def test_drafts_and_reviews_are_for_staff(make: ModuleType, state: State) -> None:
    seen_by = [name for name, actor in make.ACTORS.items() if policy.may_see(actor, make.process(state=state))]

    staff = ["an official", "a moderator"]
    assert seen_by == (staff if state in (State.DRAFT, State.IN_REVIEW) else list(make.ACTORS))

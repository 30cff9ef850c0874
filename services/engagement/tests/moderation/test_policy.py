"""Who may report and who may moderate."""

from types import ModuleType

import pytest

from chassis.errors import Unauthenticated
from engagement.actors import Actor
from engagement.moderation import policy
from engagement.rulebook.policy import NotAModerator, may_moderate


@pytest.mark.parametrize(
    ("actor", "report", "moderate"),
    [
        ("the public", Unauthenticated, NotAModerator),
        ("a citizen", None, NotAModerator),
        ("an official", None, NotAModerator),
        ("a moderator", None, None),
    ],
)
def test_who_may_report_and_moderate(make: ModuleType, actor: str, report: type | None, moderate: type | None) -> None:
    by = make.ACTORS[actor]

    assert (make.refusal(policy.may_report(by)), make.refusal(may_moderate(by))) == (report, moderate)


def test_a_role_without_a_person_moderates_nothing(make: ModuleType) -> None:
    assert make.refusal(may_moderate(Actor(None, frozenset({"moderator"})))) is NotAModerator

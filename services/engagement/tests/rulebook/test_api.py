"""The thresholds of a process, read and set by moderators."""

from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem


@pytest.fixture
def its(world: Any) -> str:
    return f"/v1/processes/{world.process().id}/moderation-rules"


def test_rules_are_standard_until_they_are_set(moderator: Client, its: str) -> None:
    standard = moderator.get(its).body
    wanted = standard | {"words": {"en": ["scam"]}, "linksMost": 1, "holds": ["words", "links"]}

    changed = moderator.put(its, wanted)

    assert (standard["version"], standard["holdAfterReports"]) == (0, 3)
    assert changed.body == wanted | {"version": 1}
    assert moderator.get(its).body == changed.body


def test_rules_that_someone_else_changed_are_not_overwritten(moderator: Client, its: str) -> None:
    read = moderator.get(its).body

    assert moderator.put(its, read).status == 200
    assert_problem(moderator.put(its, read), 409, "stale")
    assert moderator.put(its, read | {"version": 1}).body["version"] == 2


@pytest.mark.parametrize(
    "change", [{"holdAfterReports": -1}, {"holds": ["moon"]}, {"words": {"en": [""]}}, {"capitalsPercent": 101}]
)
def test_malformed_rules_are_refused(moderator: Client, its: str, change: dict[str, Any]) -> None:
    read = moderator.get(its).body

    assert_problem(moderator.put(its, read | change), 400, "invalid")
    assert_problem(moderator.put(its, {"version": 0}), 400, "invalid")


def test_rules_are_for_moderators(public: Client, official: Any, client: Any, moderator: Client, its: str) -> None:
    without_role = client(subject="olga", roles=["official"], scopes=["engagement.moderate"])

    assert_problem(public.get(its), 403, "missing-scope")
    assert_problem(without_role.get(its), 403, "not-a-moderator")
    assert_problem(without_role.put(its, moderator.get(its).body), 403, "not-a-moderator")
    assert_problem(moderator.get(f"/v1/processes/{ids.new()}/moderation-rules"), 404, "not-found")

"""A role that someone holds is hers; one that nobody holds is every official's."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem
from engagement.processes import policy
from engagement.processes.model import Role, State
from engagement.processes.policy import FourEyes, NotAnOfficial, NotYourRole


@pytest.mark.parametrize(
    ("roles", "actor", "refusal"),
    [
        ({}, "otto", None),
        ({"publisher": ["otto"]}, "otto", None),
        ({"publisher": ["paul"]}, "otto", NotYourRole),
        ({"publisher": ["otto"], "auditor": ["otto"]}, "otto", NotYourRole),
        ({"auditor": ["otto"]}, "otto", NotYourRole),
        ({"publisher": ["olga"]}, "olga", FourEyes),
    ],
)
def test_who_may_approve_where_roles_are_given(
    make: ModuleType, roles: dict[str, list[str]], actor: str, refusal: type | None
) -> None:
    process = make.process(roles=roles, author="olga", state=State.IN_REVIEW)

    assert make.refusal(policy.may_approve(make.official(actor), process)) is refusal


@pytest.mark.parametrize(
    ("roles", "actor", "refusal"),
    [
        ({"editor": ["paul"]}, "olga", None),
        ({"editor": ["paul"]}, "paul", None),
        ({"editor": ["paul"]}, "otto", NotYourRole),
        ({"auditor": ["olga"]}, "olga", NotYourRole),
    ],
)
def test_whoever_drafted_a_process_edits_it(
    make: ModuleType, roles: dict[str, list[str]], actor: str, refusal: type | None
) -> None:
    process = make.process(roles=roles, author="olga")

    assert make.refusal(policy.may_act(make.official(actor), process, Role.EDITOR)) is refusal
    assert make.refusal(policy.may_act(make.CITIZEN, process, Role.EDITOR)) is NotAnOfficial


def test_the_door_asks_for_the_role(official: Callable[..., Client], world: Any) -> None:
    process = world.process(roles={"editor": ["paul"], "publisher": ["paul"]}, state=State.DRAFT)
    public = world.process(roles={"editor": ["paul"], "publisher": ["paul"]})
    phase = public.phases[0]
    revision = {"slug": "x", "title": {"en": "X"}, "languages": ["en"], "version": 1}
    instants = {"opensAt": "2026-06-01T00:00:00Z", "closesAt": "2026-06-09T00:00:00Z"}

    for verb, address, body in (
        ("PUT", f"/v1/processes/{process.id}", revision),
        ("POST", f"/v1/processes/{process.id}/review", None),
        ("PUT", f"/v1/processes/{public.id}/phases/{phase.id}", instants),
        ("PUT", f"/v1/processes/{public.id}/phases/{phase.id}/announcement", {}),
        ("POST", f"/v1/processes/{public.id}/cancellation", {"reason": {"en": "No."}}),
    ):
        assert_problem(official("otto")(verb, address, body), 403, "not-your-role")
    assert official("paul").post(f"/v1/processes/{public.id}/cancellation", {"reason": {"en": "No."}}).status == 200

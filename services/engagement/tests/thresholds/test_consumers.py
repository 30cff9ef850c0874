"""A threshold is told once, by the rows."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client
from engagement.tables import threshold_reached

REACHED = "engagement.threshold-reached.v1"


@pytest.fixture
def supported(
    citizen: Callable[..., Client], official: Callable[..., Client], world: Any, settle: Callable[[], None]
) -> Callable[..., str]:
    """A proposal that so many people support, in a process with this threshold."""

    def made(people: int, threshold: dict[str, Any] | None, **values: Any) -> str:
        process = world.process(**values)
        official().put(f"/v1/processes/{process.id}/proposal-rules", {"version": 0, "threshold": threshold})
        its = f"/v1/proposals/{world.proposal(process, world.participant(process, 'ana')).id}"
        for number in range(people):
            world.participant(process, f"person-{number}")
            assert citizen(f"person-{number}").post(f"{its}/endorsements").status == 201
        settle()
        return its

    return made


def test_what_was_reached_is_told_once_and_stays_reached(
    supported: Callable[..., str], citizen: Callable[..., Client], world: Any, settle: Callable[[], None]
) -> None:
    its = supported(3, {"measure": "supporters", "value": 3})

    (told,) = world.events(REACHED)
    assert (told.data["needed"], told.data["counted"], told.data["recipient"]) == (3, 3, "entry-ana")
    citizen("person-0").delete(f"{its}/endorsements/mine")
    citizen("person-0").post(f"{its}/endorsements")
    settle()
    assert len(world.events(REACHED)) == len(world.rows(threshold_reached)) == 1


@pytest.mark.parametrize(
    ("people", "threshold", "told"),
    [
        (2, {"measure": "supporters", "value": 3}, 0),
        (2, {"measure": "percent", "value": 2}, 1),
        (2, {"measure": "percent", "value": 2.1}, 0),
        (2, None, 0),
    ],
)
def test_a_threshold_counts_people_or_a_share_of_them(
    supported: Callable[..., str], world: Any, make: Any, people: int, threshold: Any, told: int
) -> None:
    supported(people, threshold, strategy=make.strategy(eligible_population=100))

    assert len(world.events(REACHED)) == told

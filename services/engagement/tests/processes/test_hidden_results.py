"""What a phase hides is told by no operation: not by figures, lists, orders or files."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem

TELLING = (
    "figures",
    "kpi",
    "proposals?order=most_supported",
    *(f"datasets/{name}?fileType=csv" for name in ("proposals", "endorsements", "comments")),
)


@pytest.fixture
def hiding(world: Any, make: ModuleType) -> Any:
    """A process that hides its results, with support and a comment."""
    process = world.process(phases=(make.phase(hides_results=True),))
    ana = world.participant(process)
    world.comment(world.proposal(process, ana), ana, position="against")
    return process


@pytest.mark.parametrize("path", TELLING)
def test_nothing_tells_before_the_phase_has_closed(
    hiding: Any, path: str, public: Client, citizen: Callable[..., Client], official: Callable[..., Client]
) -> None:
    for client in (public, citizen("ana")):
        assert_problem(client.get(f"/v1/processes/{hiding.id}/{path}"), 409, "counts-hidden")
    assert official().get(f"/v1/processes/{hiding.id}/{path}").status == 200


@pytest.mark.parametrize("path", TELLING)
def test_everything_tells_afterwards(hiding: Any, path: str, public: Client, clock: FixedClock) -> None:
    clock.move(days=2)

    assert public.get(f"/v1/processes/{hiding.id}/{path}").status == 200


def test_pages_and_lists_show_no_counts(
    hiding: Any, public: Client, citizen: Callable[..., Client], official: Callable[..., Client]
) -> None:
    (idea,) = public.get(f"/v1/processes/{hiding.id}/proposals").body["items"]

    for client in (public, citizen("ana")):
        for shown in (
            client.get(f"/v1/proposals/{idea['id']}").body,
            *client.get(f"/v1/processes/{hiding.id}/proposals").body["items"],
            *client.get(f"/v1/processes/{hiding.id}/similar-proposals?title=Trees along the river").body["items"],
        ):
            assert not shown.get("endorsements") and "positions" not in shown
        counts = client.get(f"/v1/processes/{hiding.id}").body
        assert counts["resultsHidden"] and set(counts["counts"].values()) == {0}

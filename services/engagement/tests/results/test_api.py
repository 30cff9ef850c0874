"""Figures through the door."""

from typing import Any

from chassis import ids
from chassis.testing.client import Client, assert_problem


def test_figures_cost_the_same_however_many_rows_there_are(public: Client, world: Any, statements: Any) -> None:
    process = world.process()
    costs = []

    for number in (1, 2):
        world.comment(world.proposal(process, world.participant(process, f"person-{number}"), number=number))
        with statements() as said:
            assert public.get(f"/v1/processes/{process.id}/figures").body["proposals"] == number
        costs.append(len(said))

    assert costs == [10, 10]


def test_figures_of_what_does_not_exist_are_not_found(public: Client) -> None:
    assert_problem(public.get(f"/v1/processes/{ids.new()}/figures"), 404, "not-found")

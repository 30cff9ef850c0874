"""The block hears its own facts and folds them into counts."""

from typing import Any

import pytest

from chassis.app import App
from chassis.events import Event
from engagement.app import SERVICE
from engagement.counts import store
from engagement.counts.model import ProcessCounts
from engagement.tables import proposal_counts


@pytest.mark.parametrize(
    ("told", "process", "proposal"),
    [
        (["proposal-published"], (1, 0, 0), {}),
        (["proposal-published", "contribution-invalidated", "contribution-validated"], (1, 0, 0), {}),
        (["proposal-published", "contribution-hidden"], (0, 0, 0), {}),
        (["proposal-endorsed", "proposal-endorsed", "endorsement-withdrawn"], (0, 0, 1), {"endorsements": 1}),
        (["comment-posted:against", "comment-posted"], (0, 2, 0), {"comments": 2, "against": 1, "without_position": 1}),
        (["comment-posted:neutral", "contribution-hidden:neutral"], (0, 0, 0), {}),
        (
            ["comment-posted", "contribution-hidden:", "contribution-restored:"],
            (0, 1, 0),
            {"comments": 1, "without_position": 1},
        ),
    ],
)
def test_what_is_told_is_folded(
    app: App, world: Any, make: Any, told: list[str], process: tuple[int, int, int], proposal: dict[str, int]
) -> None:
    its = world.proposal(world.process())

    for each in told:
        fact, about_comment, position = each.partition(":")
        data = {"processId": str(its.process_id), "proposalId": str(its.id), "position": position or None}
        data["kind"] = "comment" if about_comment else "proposal"
        data |= dict.fromkeys(("contributionId", "commentId", "endorsementId"), str(its.id))
        event_type = f"engagement.{fact}.v1"
        with app.runtime.transaction() as tx:
            SERVICE.subscriptions[event_type](tx, Event(event_type, str(its.id), make.NOON, data))

    with app.runtime.reading() as tx:
        assert store.of_process(tx, its.process_id) == ProcessCounts(*process)
    (row,) = world.rows(proposal_counts) or [None]
    counted = {name: value for name, value in (row._mapping if row else {}).items() if isinstance(value, int) and value}
    assert counted == proposal


def test_a_process_without_counts_has_zeros(app: App, world: Any) -> None:
    counted, bare = world.process(), world.process()
    with app.runtime.transaction() as tx:
        store.add_to_process(tx, counted.id, comments=2)

        found = store.of_processes(tx, [counted.id, bare.id])

    assert found == {counted.id: ProcessCounts(comments=2), bare.id: ProcessCounts()}

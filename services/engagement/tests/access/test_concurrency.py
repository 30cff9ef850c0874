"""The first act of a new visitor, from many windows and many visitors at once: no error, nobody counted twice."""

from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis import ids
from chassis.app import App
from engagement.access import actions, store
from engagement.access.model import Entering, Proof, Way
from engagement.actors import Actor
from engagement.proposals import actions as proposals
from engagement.proposals.model import AlreadyEndorsed
from engagement.strategy.model import Access
from engagement.tables import endorsement, participant


@pytest.fixture
def process(world: Any, make: ModuleType) -> Any:
    return world.process(strategy=make.strategy(access=Access.OPEN))


def test_twenty_windows_of_a_new_visitor_make_one_participant_and_one_support(
    app: App, world: Any, make: ModuleType, process: Any
) -> None:
    idea = world.proposal(process)

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: _first_act(app, make, process.id, idea.id, "digest"), range(20)))

    assert [new for new, _ in done].count(True) == 1
    assert [word for _, word in done].count("counted") == 1
    assert len(world.rows(participant)) == len(world.rows(endorsement)) == 1


def test_forty_new_visitors_at_once_are_all_counted(app: App, world: Any, make: ModuleType, process: Any) -> None:
    idea = world.proposal(process)

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: _first_act(app, make, process.id, idea.id, f"digest {n}"), range(40)))

    assert done == [(True, "counted")] * 40
    assert {row.ladder_step for row in world.rows(endorsement)} == {0}


def test_one_mailbox_in_ten_browsers_at_once_is_one_participant(app: App, world: Any, make: ModuleType) -> None:
    process = world.process(strategy=make.strategy(access=Access.EMAIL))
    with app.runtime.transaction() as tx:
        for number in range(10):
            proof = Proof(
                ids.new(), process.id, f"digest {number}", Way.EMAIL, "mailbox", "code", make.NOON, 1, make.NOON
            )
            store.add(tx, proof)

    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda n: _enter(app, make, process.id, f"digest {n}"), range(10)))

    assert new.count(True) == 1
    assert len(world.rows(participant)) == 1


def _first_act(app: App, make: ModuleType, process_id: UUID, proposal_id: UUID, subject: str) -> tuple[bool, str]:
    new = _enter(app, make, process_id, subject)
    try:
        with app.runtime.transaction() as tx:
            proposals.endorse(tx, proposal_id, by=_visitor(subject), at=make.NOON, sealer=app.runtime.sealer)
    except AlreadyEndorsed:
        return new, "refused"
    return new, "counted"


def _enter(app: App, make: ModuleType, process_id: UUID, subject: str) -> bool:
    with app.runtime.transaction() as tx:
        by, sealer = _visitor(subject), app.runtime.sealer
        return actions.enter(tx, process_id, Entering(), by=by, at=make.NOON, sealer=sealer)[1]


def _visitor(subject: str) -> Actor:
    return Actor(subject, frozenset(), is_visitor=True)

"""Two thousand people support a proposal at once, and one person fifty times."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

from chassis.app import App
from engagement.actors import Actor
from engagement.counts import store as counts
from engagement.participants import store as participants
from engagement.proposals import actions
from engagement.proposals.model import AlreadyEndorsed
from engagement.results import store as results
from engagement.tables import endorsement, numbering, process_log

PEOPLE = 2000


def test_two_thousand_people_support_one_proposal_at_once(
    app: App, world: Any, make: ModuleType, settle: Callable[[], None]
) -> None:
    process = world.process()
    proposal = world.proposal(process)
    with app.runtime.transaction() as tx:
        for number in range(PEOPLE):
            participants.add(tx, make.participant(process.id, f"person-{number}"), app.runtime.sealer)

    with ThreadPoolExecutor(16) as pool:
        verdicts = list(pool.map(lambda number: _endorse(app, make, proposal.id, f"person-{number}"), range(PEOPLE)))
    settle()

    assert verdicts == ["counted"] * PEOPLE
    assert len(world.rows(endorsement)) == len(world.rows(process_log)) == PEOPLE
    with app.runtime.reading() as tx:
        assert results.figures(tx, process.id).endorsements == PEOPLE
        assert counts.of_process(tx, process.id).endorsements == PEOPLE


def test_one_person_counts_once_however_often_she_asks(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    proposal = world.proposal(process)
    world.participant(process, "ana")

    with ThreadPoolExecutor(16) as pool:
        verdicts = list(pool.map(lambda _: _endorse(app, make, proposal.id, "ana"), range(50)))

    assert (verdicts.count("counted"), verdicts.count("refused")) == (1, 49)
    assert len(world.rows(endorsement)) == len(world.rows(process_log)) == 1
    assert len(world.events("engagement.proposal-endorsed.v1")) == 1


def test_people_who_submit_at_once_get_numbers_of_their_own(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    for number in range(16):
        world.participant(process, f"person-{number}")

    def submit(number: int) -> int | None:
        with app.runtime.transaction() as tx:
            wanted, by = actions.Submission(make.content()), _person(f"person-{number}")
            proposal, _ = actions.submit(tx, process.id, wanted, by=by, at=make.NOON, sealer=app.runtime.sealer)
        return proposal.number

    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(submit, range(16)))

    assert sorted(numbers) == list(range(1, 17))
    assert world.rows(numbering)[0].last == 16


def _endorse(app: App, make: ModuleType, proposal_id: Any, subject: str) -> str:
    try:
        with app.runtime.transaction() as tx:
            actions.endorse(tx, proposal_id, by=_person(subject), at=make.NOON, sealer=app.runtime.sealer)
    except AlreadyEndorsed:
        return "refused"
    return "counted"


def _person(subject: str) -> Actor:
    return Actor(subject, frozenset({"participant"}))

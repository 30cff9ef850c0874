"""Each figure, among the rows of another process and of everything that does not count."""

from types import ModuleType
from typing import Any

import pytest

from chassis.app import App
from engagement.contributions import Channel, Excess
from engagement.evaluation import store as evaluation
from engagement.imports import store as imports
from engagement.imports.model import exceptions
from engagement.participants.model import State as Participation
from engagement.proposals import store as proposals
from engagement.proposals.model import PROPOSAL, Decision, Endorsement
from engagement.results import store
from engagement.tables import participant

UNCOUNTED = (("hidden", "hidden"), ("published", "invalidated"), ("withdrawn", "withdrawn"), ("draft", "pending"))


@pytest.fixture
def process(app: App, world: Any, make: ModuleType) -> Any:
    """Filled twice over, so that another process' rows are there to be left out."""
    world.process()
    _filled(app, world, make)
    return _filled(app, world, make)


def test_figures_count_what_counts_and_nothing_else(app: App, process: Any) -> None:
    with app.runtime.reading() as tx:
        figures = store.figures(tx, process.id)

    assert figures.proposals_by_channel == {"web": 2, "meeting": 1}
    assert figures.proposals == 3
    assert figures.positions == {"in_favour": 1, "against": 1, "none": 2}
    assert figures.comments == 4
    assert figures.endorsements == 1
    assert figures.contributors == 2
    assert figures.participants == 3
    assert figures.decisions == {"rejected": 2, "accepted": 1}
    assert (figures.answered, figures.with_reason) == (3, 1)
    assert figures.notices == 2
    assert figures.exceptions == 1


def test_an_empty_process_has_zeros(app: App, world: Any) -> None:
    empty = world.process()

    with app.runtime.reading() as tx:
        figures = store.figures(tx, empty.id)

    assert (figures.proposals, figures.comments, figures.contributors, figures.decisions) == (0, 0, 0, {})


def test_a_decision_that_is_not_published_is_no_figure(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    proposal = world.proposal(process)
    with app.runtime.transaction() as tx:
        ruling = Decision(proposal.id, "rejected", "duplicate", None, make.NOON)
        evaluation.save(tx, process.id, [ruling], "olga")

    with app.runtime.reading() as tx:
        figures = store.figures(tx, process.id)

    assert (figures.decisions, figures.answered, figures.with_reason) == ({}, 0, 0)


def _filled(app: App, world: Any, make: ModuleType) -> Any:
    process = world.process()
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    world.participant(process, "eve")
    gone = world.participant(process, "gil")
    counted = [
        world.proposal(process, author, number=number, channel=channel)
        for number, (author, channel) in enumerate(
            ((ana, Channel.WEB), (ana, Channel.WEB), (None, Channel.MEETING)), start=1
        )
    ]
    for number, (state, status) in enumerate(UNCOUNTED, start=10):
        world.proposal(process, gone, number=number, state=state, status=status)
    root = world.comment(counted[0], ben, position="in_favour")
    world.comment(counted[0], ana, position="against")
    world.comment(counted[0], ana)
    world.comment(counted[0], ben, answers=root)
    world.comment(counted[0], gone, position="neutral", state="hidden", status="hidden")
    with app.runtime.transaction() as tx:
        tx.execute(participant.update().where(participant.c.id == gone.id).values(state=Participation.WITHDRAWN))
        for person in (ana, ben):
            endorsement = Endorsement(make.new_id(), counted[0].id, person.id, person.actor_key, make.NOON)
            proposals.add_endorsement(tx, endorsement)
        proposals.withdraw_endorsement(tx, counted[0].id, ana.actor_key)
        for proposal, (outcome, code) in zip(
            counted, (("rejected", "duplicate"), ("rejected", "not_recorded"), ("accepted", "other")), strict=True
        ):
            evaluation.save(tx, process.id, [Decision(proposal.id, outcome, code, None, make.NOON)], "olga")
        evaluation.publish(tx, process.id, make.NOON)
        broken = [Excess("titleMin", 10, 3), Excess("bodyMax", 5, 6)]
        imports.add(tx, exceptions(process.id, PROPOSAL, counted[0].id, broken, make.NOON))
        for message in ("one", "two", "two"):
            store.add_notice(tx, f"{message}-{process.id}", process.id, make.NOON)
    return process

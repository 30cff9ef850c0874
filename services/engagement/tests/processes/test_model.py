"""A process moves through its states one way, and says what is missing."""

from dataclasses import replace
from types import ModuleType

import pytest

from engagement.comments.model import COMMENT
from engagement.phases.model import PhaseState
from engagement.processes.model import (
    NotADraft,
    NotInReview,
    NotSealed,
    PhaseIsOver,
    PhaseOrder,
    State,
    StrategyIncomplete,
)
from engagement.proposals.model import ENDORSEMENT, PROPOSAL
from engagement.strategy.model import Strategy


@pytest.mark.parametrize(
    ("transition", "allowed", "refusal"),
    [
        (lambda process: process.revised(), {State.DRAFT: State.DRAFT}, NotADraft),
        (lambda process: process.handed_to_review(), {State.DRAFT: State.IN_REVIEW}, NotADraft),
        (lambda process: process.approved("otto", process.created_at), {State.IN_REVIEW: State.SCHEDULED}, NotInReview),
        (lambda process: process.sealed(), {State.CLOSED: State.ANALYSING}, NotSealed),
        (lambda process: process.decided(), {State.ANALYSING: State.DECIDED}, NotSealed),
    ],
)
def test_a_transition_leads_from_its_states_and_from_no_other(
    make: ModuleType, transition: object, allowed: dict[State, State], refusal: type[Exception]
) -> None:
    for state in State:
        process = make.process(state=state)

        if state in allowed:
            changed = transition(process)
            assert (changed.state, changed.version) == (allowed[state], process.version + 1)
        else:
            with pytest.raises(refusal):
                transition(process)


def test_an_incomplete_strategy_names_every_gap(make: ModuleType) -> None:
    process = make.process(state=State.DRAFT, strategy=Strategy(level="consult"), phases=(), data_agreement_id=None)

    with pytest.raises(StrategyIncomplete) as refused:
        process.handed_to_review()

    gaps = [pointer for pointer, _ in refused.value.errors]
    assert "/strategy/feedback_due_date" in gaps
    assert gaps[-2:] == ["/phases", "/data_agreement_id"]
    assert "/strategy/level" not in gaps


@pytest.mark.parametrize(("minutes_after_opening", "taken"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_phase_takes_from_its_opening_until_before_its_end(
    make: ModuleType, minutes_after_opening: int, taken: bool
) -> None:
    phase = make.phase(opens_at=make.NOON, closes_at=make.NOON + make.HOUR)
    process = make.process(phases=(phase,))

    at = make.NOON + minutes_after_opening * make.HOUR / 60
    assert process.takes(PROPOSAL, at) is taken


def test_a_phase_takes_what_it_accepts_alone(make: ModuleType) -> None:
    process = make.process(phases=(make.phase(accepts=frozenset({COMMENT})),))

    assert [kind for kind in (PROPOSAL, COMMENT, ENDORSEMENT) if process.takes(kind, make.NOON)] == [COMMENT]


@pytest.mark.parametrize("state", [state for state in State if state not in (State.SCHEDULED, State.OPEN)])
def test_only_an_announced_or_open_process_takes_anything(make: ModuleType, state: State) -> None:
    assert not make.process(state=state).takes(PROPOSAL, make.NOON)


def test_phases_follow_one_another(make: ModuleType) -> None:
    early = make.phase(opens_at=make.NOON, closes_at=make.NOON + make.DAY)
    late = make.phase(opens_at=make.NOON + make.DAY, closes_at=make.NOON + 2 * make.DAY)

    make.process(phases=(early, late)).ordered()
    for wrong in ((late, early), (early, early), (replace(early, closes_at=early.opens_at),)):
        with pytest.raises(PhaseOrder):
            make.process(phases=wrong).ordered()


def test_the_process_closes_with_its_last_phase(make: ModuleType) -> None:
    first = make.phase()
    second = make.phase(opens_at=first.closes_at, closes_at=first.closes_at + make.DAY)
    process = make.process(phases=(first, second)).with_phase_open(first.id)

    once = process.with_phase_closed(first.id)
    twice = once.with_phase_closed(second.id)

    assert (once.state, twice.state) == (State.OPEN, State.CLOSED)


def test_what_is_over_does_not_move(make: ModuleType) -> None:
    over = make.phase(opens_at=make.NOON - 2 * make.DAY, closes_at=make.NOON - make.DAY)
    closed = make.phase(state=PhaseState.CLOSED)

    for phase in (over, closed):
        with pytest.raises(PhaseIsOver):
            make.process(phases=(phase,)).rescheduled(phase.id, make.NOON, make.NOON + make.DAY, make.NOON)


def test_a_phase_of_another_process_is_not_found(make: ModuleType) -> None:
    with pytest.raises(KeyError):
        make.process().phase(make.phase().id)

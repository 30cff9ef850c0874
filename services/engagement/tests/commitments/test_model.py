"""A commitment, how far it is and when it is overdue."""

from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from engagement.commitments.model import (
    Branch,
    Commitment,
    DroppedWithoutReason,
    DueBeforeStart,
    Promise,
    Status,
    Step,
)
from engagement.evaluation.model import CostWithoutCurrency

DUE = date(2026, 6, 30)
PROMISE = Promise({"en": "Forty trees"}, "Office of parks", DUE)


def commitment(make: ModuleType, weight: int = 1, **values: Any) -> Commitment:
    promise = replace(PROMISE, weight=weight)
    return Commitment(make.new_id(), UUID(int=1), promise, created_at=make.NOON, updated_at=make.NOON, **values)


@pytest.mark.parametrize(
    ("status", "today", "overdue"),
    [
        (Status.STARTED, date(2026, 7, 14), False),
        (Status.STARTED, date(2026, 7, 15), True),
        (Status.PLANNED, date(2026, 7, 15), True),
        (Status.DELAYED, date(2026, 7, 15), True),
        (Status.DONE, date(2026, 7, 15), False),
        (Status.DROPPED, date(2027, 7, 15), False),
    ],
)
def test_a_commitment_is_overdue_after_two_weeks(make: ModuleType, status: Status, today: date, overdue: bool) -> None:
    assert commitment(make, status=status).is_overdue(today) is overdue


def test_progress_of_a_whole_weighs_its_parts(make: ModuleType) -> None:
    done, half = commitment(make, weight=3, progress=100), commitment(make, weight=1, progress=50)
    dropped = commitment(make, weight=9, status=Status.DROPPED)
    whole = commitment(make, progress=7)

    assert Branch(whole).progress == 7
    assert Branch(whole, (Branch(done), Branch(half), Branch(dropped))).progress == 88
    assert Branch(whole, (Branch(half, (Branch(done),)),)).progress == 100
    assert Branch(whole, (Branch(dropped),)).progress == 7


def test_what_is_done_is_whole_and_what_is_dropped_owes_a_reason(make: ModuleType) -> None:
    its = commitment(make)

    assert its.reported(Step(Status.DONE, 40, DUE), make.NOON).progress == 100
    with pytest.raises(DroppedWithoutReason):
        its.reported(Step(Status.DROPPED, 40, DUE), make.NOON)
    dropped = its.reported(Step(Status.DROPPED, 40, DUE, dropped_reason={"en": "No budget."}), make.NOON)
    assert dropped.reported(Step(Status.STARTED, 40, DUE), make.NOON).dropped_reason is None


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"starts_on": date(2026, 7, 1)}, DueBeforeStart),
        ({"budget": 5}, CostWithoutCurrency),
        ({"currency": "EUR"}, CostWithoutCurrency),
    ],
)
def test_an_unsound_promise_is_refused(change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        replace(PROMISE, **change).sound()

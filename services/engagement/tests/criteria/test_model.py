"""Criteria and what assessments come to."""

from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis.errors import Invalid
from engagement.criteria.model import (
    Assessment,
    CriteriaPublished,
    CriteriaSet,
    Criterion,
    NoCriteria,
    OutsideScale,
    found,
)

TEXT = {"en": "As agreed."}
COST, REACH = Criterion("cost", TEXT, TEXT, 3, 10), Criterion("reach", TEXT, TEXT, 1, 5)
CRITERIA = CriteriaSet(UUID(int=1), (COST, REACH), version=1)


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ({"cost": 10, "reach": 5}, 1000),
        ({"cost": 0, "reach": 0}, 0),
        ({"cost": 5, "reach": 5}, 625),
        ({"cost": 10, "reach": 0}, 750),
        ({"cost": 1, "reach": 1}, 125),
    ],
)
def test_a_total_weighs_points_by_their_scales(scores: dict[str, int], total: int) -> None:
    assert CRITERIA.total(scores) == total


@pytest.mark.parametrize(
    ("scores", "pointers"),
    [
        ({"cost": 11, "reach": 1}, ["/scores/cost"]),
        ({"cost": -1, "reach": 6}, ["/scores/cost", "/scores/reach"]),
        ({"cost": 1}, ["/scores/reach"]),
        ({"cost": 1, "reach": 1, "beauty": 1}, ["/scores/beauty"]),
    ],
)
def test_points_outside_a_scale_are_refused(scores: dict[str, int], pointers: list[str]) -> None:
    with pytest.raises(OutsideScale) as refused:
        CRITERIA.total(scores)

    assert [pointer for pointer, _ in refused.value.errors] == pointers


def test_published_criteria_do_not_change(make: ModuleType) -> None:
    published = CRITERIA.published(make.NOON)

    with pytest.raises(CriteriaPublished):
        published.revised((COST,))
    with pytest.raises(CriteriaPublished):
        published.published(make.NOON)
    with pytest.raises(NoCriteria):
        CriteriaSet(UUID(int=1)).published(make.NOON)


def test_a_code_names_one_criterion() -> None:
    with pytest.raises(Invalid) as refused:
        CRITERIA.revised((COST, REACH, COST))

    assert refused.value.errors[0][0] == "/criteria/2/code"


def test_two_assessments_come_to_a_mean_and_a_spread(make: ModuleType) -> None:
    one, two = _given(make, cost=10, reach=5), _given(make, cost=5, reach=5)
    conflict = _given(make)

    both = found(CRITERIA, [one, conflict, two])

    assert both is not None
    assert (both.assessments, both.total, both.spread) == (2, 812, 375)
    assert both.criteria == {"cost": (7.5, 5), "reach": (5, 0)}
    assert found(CRITERIA, [one, conflict]) is None


def _given(make: ModuleType, **scores: int) -> Assessment:
    total: Any = CRITERIA.total(scores) if scores else None
    of = UUID(int=1), UUID(int=2)
    return Assessment(make.new_id(), *of, "olga", not scores, scores, total, None, make.NOON)

"""Who is told which parts of a whole."""

import pytest

from engagement.monitoring.policy import hidden


@pytest.mark.parametrize(
    ("parts", "kept_back"),
    [
        ({}, set()),
        ({"web": 10, "sms": 10}, set()),
        ({"web": 500, "sms": 40, "paper": 3}, {"paper", "sms"}),  # 3 would follow from the whole
        ({"web": 500, "sms": 4, "paper": 3}, {"sms", "paper"}),
        ({"web": 500, "sms": 4, "paper": 3, "phone": 1}, {"sms", "paper", "phone"}),
        ({"web": 9}, {"web"}),
    ],
)
def test_small_parts_are_for_staff_and_cannot_be_computed(parts: dict[str, int], kept_back: set[str]) -> None:
    assert hidden(parts, staff=False) == kept_back
    assert hidden(parts, staff=True) == frozenset()

"""Canonical JSON spells one value in one way."""

import pytest

from consent.revisions import canonical


def test_members_are_ordered_as_rfc_8785_orders_them() -> None:
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}

    text = canonical.text(value)

    assert text == '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": [True, None, -1], "a": {"d": "", "c": "\"\\/\b\f\n\t\u001f\u007f"}},
         '{"a":{"c":"\\"\\\\/\\b\\f\\n\\t\\u001f\u007f","d":""},"b":[true,null,-1]}'),
        ({}, "{}"),
        (("a", "b"), '["a","b"]'),
    ],
)  # fmt: skip
def test_values_are_spelled_as_ecmascript_spells_them(value: object, text: str) -> None:
    assert canonical.text(value) == text


@pytest.mark.parametrize(("value", "error"), [({"a": 1.5}, TypeError), ([2**53], ValueError)])
def test_numbers_that_readers_would_round_are_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical.text(value)

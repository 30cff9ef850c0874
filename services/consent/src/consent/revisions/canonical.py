"""Canonical JSON (RFC 8785) of the values that snapshots hold: text, whole numbers, booleans, null, lists, objects."""

from typing import Any

import orjson

_MOST = 2**53 - 1  # what every reader of JSON counts exactly


def text(value: Any) -> str:
    """One spelling for one value. Raises TypeError for fractions, ValueError for numbers that readers round."""
    return orjson.dumps(_ordered(value)).decode()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, float):
        raise TypeError("a snapshot holds no fractions")
    if isinstance(value, int) and not -_MOST <= value <= _MOST:
        raise ValueError("a snapshot holds no number that readers would round")
    return value

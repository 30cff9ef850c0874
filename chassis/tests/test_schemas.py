"""The wire's spelling, and what is no value although its form was good."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from marshmallow import ValidationError, fields

from chassis.schemas import Instant, Wire, camel, invalid, without_none

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class _Phase(Wire):
    opens_at = Instant(required=True)


class _Process(Wire):
    short_name = fields.String()
    closed_at = Instant(allow_none=True)
    phases = fields.List(fields.Nested(_Phase))


@dataclass
class _Row:
    short_name: str = "roads"
    closed_at: datetime | None = None
    phases: tuple[Any, ...] = ()


def test_a_field_is_camel_case_on_the_wire() -> None:
    assert _Process().dump(_Row())["shortName"] == "roads"
    assert _Process().load({"shortName": "roads"}) == {"short_name": "roads"}


def test_an_instant_goes_out_in_utc_with_milliseconds() -> None:
    nairobi = datetime(2026, 6, 1, 15, tzinfo=timezone(timedelta(hours=3)))

    assert _Process().dump(_Row(closed_at=nairobi))["closedAt"] == "2026-06-01T12:00:00.000Z"


def test_an_instant_comes_in_as_utc() -> None:
    read = _Process().load({"closedAt": "2026-06-01T15:00:00+03:00"})["closed_at"]

    assert (read, read.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize(
    "text", ["2026-06-01T12:00:00", "2026-02-30T12:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_an_instant_that_is_none_is_invalid_and_its_place_is_named(text: str) -> None:
    with pytest.raises(ValidationError) as raised:
        _Process().load({"phases": [{"opensAt": "2026-06-01T12:00:00Z"}, {"opensAt": text}]})

    [(pointer, detail)] = invalid(raised.value).errors
    assert pointer == "/phases/1/opensAt"
    assert detail


def test_what_the_schema_does_not_name_does_not_come_in() -> None:
    with pytest.raises(ValidationError):
        _Process().load({"ownerId": "me"})


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as raised:
        _Process().load({"shortName": 1, "phases": [{}]})

    assert [pointer for pointer, _ in invalid(raised.value).errors] == ["/shortName", "/phases/0/opensAt"]


@given(some.datetimes(timezones=some.timezones()).filter(lambda at: 2 < at.year < 9998))
def test_an_instant_survives_the_wire_to_the_millisecond(at: datetime) -> None:
    back = _Process().load(_Process().dump(_Row(closed_at=at)) | {"phases": []})["closed_at"]

    assert abs(back - at.astimezone(UTC)) < timedelta(milliseconds=1)


@pytest.mark.parametrize(("name", "wire"), [("opens_at", "opensAt"), ("name", "name"), ("line_2", "line2")])
def test_camel(name: str, wire: str) -> None:
    assert camel(name) == wire


def test_what_is_none_is_left_out() -> None:
    assert without_none({"a": None, "b": 0, "c": ""}) == {"b": 0, "c": ""}

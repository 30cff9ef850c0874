"""Column types: what goes in comes out, and text sorts as time does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Column, Table, insert, select
from sqlalchemy.exc import StatementError

from chassis import ids
from chassis.columns import Instant, Json, Sequence, Uuid, metadata
from chassis.database import Database

METADATA = metadata()
row = Table(
    "row", METADATA, Column("seq", Sequence, primary_key=True, autoincrement=True), Column("at", Instant),
    Column("value", Json), Column("id", Uuid),
)  # fmt: skip
JSON = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**53), 2**53)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=8,
)
INSTANTS = some.datetimes(timezones=some.just(UTC)).filter(lambda at: 2 < at.year < 9998)
ONE_DATABASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    with database.transaction() as tx:
        METADATA.create_all(tx.connection)
    yield database
    database.close()


def back(database: Database, **values: object) -> object:
    """What one column holds after it was written."""
    [name] = values
    with database.transaction() as tx:
        key = tx.execute(insert(row), values).inserted_primary_key[0]
    with database.reading() as tx:
        return tx.execute(select(row.c[name]).where(row.c.seq == key)).scalar_one()


@given(INSTANTS, some.timezones())
@ONE_DATABASE
def test_an_instant_comes_back_in_utc_to_the_microsecond(database: Database, at: datetime, zone: timezone) -> None:
    kept = back(database, at=at.astimezone(zone))

    assert kept == at
    assert isinstance(kept, datetime)
    assert kept.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs a zone"):
        back(database, at=datetime(2026, 6, 1, 12))  # noqa: DTZ001 - that is the point


@given(some.lists(INSTANTS, min_size=2, max_size=5))
@ONE_DATABASE
def test_instants_sort_as_time_does(database: Database, instants: list[datetime]) -> None:
    with database.transaction() as tx:
        tx.execute(row.delete())
        tx.execute(insert(row), [{"at": at} for at in instants])
        sorted_by_database = [each.at for each in tx.execute(select(row.c.at).order_by(row.c.at))]

    assert sorted_by_database == sorted(instants)


@given(JSON)
@ONE_DATABASE
def test_json_comes_back_as_it_went_in(database: Database, value: object) -> None:
    assert orjson.dumps(back(database, value=value)) == orjson.dumps(value)  # not equal alone: 1e16 stays 1e16


def test_json_keeps_the_order_of_names(database: Database) -> None:
    kept = back(database, value={"b": 1, "a": {"z": 1, "aa": 2}})

    assert orjson.dumps(kept) == b'{"b":1,"a":{"z":1,"aa":2}}'


def test_no_json_is_null(database: Database) -> None:
    back(database, value=None)

    with database.reading() as tx:
        assert tx.execute(select(row.c.value.is_(None))).scalar() in (True, 1)


def test_an_id_comes_back_as_an_id(database: Database) -> None:
    made = ids.new()
    kept = back(database, id=made)

    assert kept == made
    assert isinstance(kept, UUID)


def test_rows_number_themselves(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(row), [{"value": 1}, {"value": 2}])
        assert [each.seq for each in tx.execute(select(row.c.seq))] == [1, 2]

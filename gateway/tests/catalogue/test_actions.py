"""Applying the catalogue file, and the picture that the call path works on."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from chassis.database import Database
from gateway.catalogue import store
from gateway.catalogue.actions import Directory, seed, snapshot
from gateway.catalogue.model import UnknownMember, UnknownService
from gateway.catalogue.schemas import BadCatalogue
from gateway.members.model import ClientId

AT = datetime(2026, 6, 1, tzinfo=UTC)
FILE = """
members: [{id: A/B/C, applications: [{code: x, url: "http://x.example"}, {code: y}]}]
rights: [{subject: A/B/C/y, application: A/B/C/x, path: /**}]
"""
WITHOUT_RIGHTS = "members: [{id: A/B/C, applications: [{code: x, url: 'http://x.example'}]}]"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def apply(database: Database, text: str) -> bool:
    with database.transaction() as tx:
        return seed(tx, text, at=AT)


def test_mediators_that_start_together_apply_the_file_once(database: Database) -> None:
    apply(database, WITHOUT_RIGHTS)

    with ThreadPoolExecutor(6) as pool:
        applied = list(pool.map(lambda _: apply(database, FILE), range(6)))

    assert sorted(applied) == [False] * 5 + [True]
    with database.reading() as tx:
        assert store.version(tx) == 2


def test_the_same_file_is_applied_once(database: Database) -> None:
    assert apply(database, FILE)
    assert not apply(database, FILE)

    with database.reading() as tx:
        assert store.version(tx) == 1
        assert len(snapshot(tx).rights) == 1


def test_a_changed_file_replaces_everything(database: Database) -> None:
    apply(database, FILE)

    assert apply(database, WITHOUT_RIGHTS)

    with database.reading() as tx:
        assert store.version(tx) == 2
        assert snapshot(tx).rights == {}


def test_a_bad_file_changes_nothing(database: Database) -> None:
    apply(database, FILE)

    with pytest.raises(BadCatalogue):
        apply(database, FILE.replace("/**", "**"))

    with database.reading() as tx:
        assert store.version(tx) == 1
        assert len(snapshot(tx).rights) == 1


def test_what_is_not_registered_is_told_apart(database: Database) -> None:
    apply(database, FILE)
    with database.reading() as tx:
        picture = snapshot(tx)

    with pytest.raises(UnknownMember):
        picture.base_url(ClientId.parse("A/B/Z/x"), "api")
    for application, service in (("A/B/C/z", "api"), ("A/B/C/x", "other"), ("A/B/C/y", "api")):
        with pytest.raises(UnknownService):
            picture.base_url(ClientId.parse(application), service)


async def test_a_change_is_seen_and_an_absent_database_is_survived(database: Database) -> None:
    apply(database, FILE)
    directory = Directory(database)
    directory.read()
    following = asyncio.create_task(directory.follow(0.05))

    before = directory.now
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE registration RENAME TO gone")
    await asyncio.sleep(0.2)
    assert directory.now is before
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO registration")
    apply(database, WITHOUT_RIGHTS)
    await asyncio.sleep(0.3)

    assert directory.now.version == 2
    assert directory.now.rights == {}
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following

"""The writer on a real database: durable before anyone is told, and nothing told that is not durable."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from chassis.database import Database
from gateway.message_log import store
from gateway.message_log.model import EMPTY, Entry, Finding, Head, Kind, Signed, verify
from gateway.message_log.writer import LoggingFailed, Writer, kept_head


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def entry(name: str) -> Entry:
    return Entry(Kind.REQUEST, name, "2026-06-01T12:00:00.000000Z", "A/B/C/D", "A/B/C/E/api", {"path": "/"})


def sign(head: Head) -> Signed:
    return Signed(head, "k", b"s" + head.hash[:8])


def finding(database: Database, kept: Head = EMPTY) -> Finding:
    with database.reading() as tx:
        records, signed = store.records(tx), store.signed(tx)
        return verify(records, signed, genuine=lambda it: it.signature == b"s" + it.head.hash[:8], kept=kept).finding


def names(database: Database) -> list[str]:
    with database.reading() as tx:
        return [record.request_id for record in store.records(tx)]


async def test_an_entry_is_on_disk_when_append_returns(database: Database, tmp_path: Path) -> None:
    writer = Writer(database, sign, head_file=tmp_path / "head")
    writer.open()

    await writer.append(entry("one"))
    assert names(database) == ["one"]

    writer.close()


async def test_many_at_once_share_transactions_and_keep_one_chain(database: Database, tmp_path: Path) -> None:
    batches: list[int] = []
    writer = Writer(database, sign, head_file=tmp_path / "head", written=batches.append)
    writer.open()

    await asyncio.gather(*(writer.append(entry(str(number))) for number in range(500)))
    await asyncio.to_thread(writer.close)

    assert sum(batches) == 500
    assert len(batches) < 100
    assert names(database) == [str(number) for number in range(500)]
    assert finding(database, kept_head(tmp_path / "head")) is Finding.SOUND
    assert kept_head(tmp_path / "head").seq == 500


async def test_a_chain_goes_on_after_a_restart(database: Database, tmp_path: Path) -> None:
    for name in ("one", "two"):
        writer = Writer(database, sign, head_file=tmp_path / "head")
        writer.open()
        await writer.append(entry(name))
        writer.close()

    assert names(database) == ["one", "two"]
    assert finding(database) is Finding.SOUND


async def test_two_writers_of_one_log_keep_one_chain(database: Database, tmp_path: Path) -> None:
    writers = [Writer(database, sign, head_file=tmp_path / name) for name in ("a", "b")]
    for writer in writers:
        writer.open()

    for number in range(20):
        await writers[number % 2].append(entry(str(number)))
    for writer in writers:
        writer.close()

    assert names(database) == [str(number) for number in range(20)]
    assert finding(database) is Finding.SOUND


async def test_writers_at_once_are_never_refused(database: Database, tmp_path: Path) -> None:
    databases = [Database(database.url.render_as_string(hide_password=False)) for _ in range(3)]
    writers = [Writer(each, sign, head_file=tmp_path / str(at)) for at, each in enumerate(databases)]
    for writer in writers:
        writer.open()

    async def fill(writer: Writer) -> None:
        for number in range(40):
            await writer.append(entry(str(number)))

    await asyncio.gather(*map(fill, writers))
    for writer, own in zip(writers, databases, strict=True):
        await asyncio.to_thread(writer.close)
        own.close()

    assert len(names(database)) == 120
    assert finding(database) is Finding.SOUND


@pytest.mark.sqlite
async def test_a_full_disk_is_told_and_the_log_recovers_by_itself(database: Database, tmp_path: Path) -> None:
    writer = Writer(database, sign, head_file=tmp_path / "head")
    writer.open()
    await writer.append(entry("before"))
    full(database)

    with pytest.raises(LoggingFailed):
        for number in range(200):
            await writer.append(entry(f"{number} " + "x" * 10_000))
    room(database)
    await writer.append(entry("after"))
    writer.close()

    assert names(database)[-1] == "after"
    assert finding(database) is Finding.SOUND


async def test_a_log_that_does_not_answer_is_a_log_that_failed(database: Database, tmp_path: Path) -> None:
    writer = Writer(database, sign, head_file=tmp_path / "head", patience_seconds=0.2)
    writer.open()

    with database.transaction() as tx, pytest.raises(LoggingFailed):
        store.lock(tx)
        await writer.append(entry("late"))

    await asyncio.to_thread(writer.close)


def full(database: Database) -> None:
    """SQLite answers SQLITE_FULL as it does when the disk is full."""
    with database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    every_connection(database, f"PRAGMA max_page_count={pages}")


def room(database: Database) -> None:
    every_connection(database, "PRAGMA max_page_count=1073741823")


def every_connection(database: Database, pragma: str) -> None:
    """The limit is a connection's own: set it on all that the pool may hand out."""
    held = [database.engine.raw_connection() for _ in range(8)]
    for connection in held:
        connection.execute(pragma)
    for connection in held:
        connection.close()

"""The promises of `transaction()`, `reading()` and `leader()`."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import other_process
import pytest
from sqlalchemy import Column, Integer, String, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from chassis.columns import metadata
from chassis.database import Database, transaction_is_open
from chassis.errors import Stale

METADATA = metadata()
note = Table(
    "note", METADATA, Column("id", Integer, primary_key=True), Column("text", String(80)), Column("version", Integer)
)

_LEADS = """
import sys, time
from chassis.database import Database
with Database(sys.argv[1]).leader("relay") as mine:
    print(mine, flush=True)
    time.sleep(600)
"""

_DIES_IN_A_TRANSACTION = """
import os, signal, sys
from sqlalchemy import text
from chassis.database import Database
with Database(sys.argv[1]).transaction() as tx:
    tx.execute(text("INSERT INTO note (id) VALUES (1)"))
    os.kill(os.getpid(), signal.SIGKILL)
"""

_WRITES = """
import sys
from sqlalchemy import text
from chassis.database import Database
database = Database(sys.argv[1])
for _ in range(50):
    with database.transaction() as tx:
        tx.execute(text("INSERT INTO note (text) VALUES ('x')"))
"""


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    with database.transaction() as tx:
        METADATA.create_all(tx.connection)
    yield database
    database.close()


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def count(database: Database) -> int:
    with database.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(note)).scalar_one())


def test_what_a_transaction_wrote_is_there_after_it(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(note), [{"text": "a"}, {"text": "b"}])

    assert count(database) == 2


def test_what_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        tx.execute(insert(note), {"text": "a"})
        raise ZeroDivisionError

    assert count(database) == 0


def test_a_killed_process_leaves_nothing_and_no_lock(database: Database) -> None:
    status = other_process.finished(other_process.start(_DIES_IN_A_TRANSACTION, address(database)))

    with database.transaction() as tx:
        tx.execute(insert(note), {"text": "after"})

    assert status == [-9]
    assert count(database) == 1


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), database.reading() as tx:
        tx.execute(insert(note), {"text": "a"})

    assert count(database) == 0


def test_reading_sees_one_state(database: Database) -> None:
    with database.reading() as tx:
        before = tx.execute(select(func.count()).select_from(note)).scalar_one()
        with database.engine.begin() as another:
            another.execute(insert(note), {"text": "late"})
        after = tx.execute(select(func.count()).select_from(note)).scalar_one()

    assert (before, after) == (0, 0)
    assert count(database) == 1


def test_readers_and_readiness_do_not_wait_for_a_writer(database: Database) -> None:
    answers: list[object] = []
    reader = threading.Thread(target=lambda: answers.extend([database.ready(), count(database)]))

    with database.transaction() as tx:
        tx.execute(insert(note), {"text": "not yet"})
        reader.start()
        reader.join(5)

    assert answers == [True, 0]


@pytest.mark.sqlite  # PostgreSQL has more than one writer
def test_two_hundred_writers_at_once_follow_one_another(database: Database) -> None:
    def write(number: int) -> None:
        with database.transaction() as tx:
            seen = tx.execute(select(func.count()).select_from(note)).scalar_one()
            tx.execute(insert(note), {"id": number, "version": seen})

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(write, range(200)))

    with database.reading() as tx:
        seen = [row.version for row in tx.execute(select(note.c.version).order_by(note.c.version))]
    assert seen == list(range(200))


def test_writers_of_several_processes_wait_for_each_other(database: Database) -> None:
    statuses = other_process.finished(*(other_process.start(_WRITES, address(database)) for _ in range(3)))

    assert statuses == [0, 0, 0]
    assert count(database) == 150


def test_a_transaction_inside_another_is_refused(database: Database) -> None:
    with database.transaction(), pytest.raises(RuntimeError, match="open already"), database.reading():
        pass
    with database.reading(), pytest.raises(RuntimeError, match="open already"), database.transaction():
        pass


def test_a_refused_inner_transaction_does_not_end_the_outer(database: Database) -> None:
    with database.transaction() as tx:
        with pytest.raises(RuntimeError), database.transaction():
            pass
        tx.execute(insert(note), {"text": "still open"})

    assert count(database) == 1


def test_a_thread_knows_whether_it_stands_in_a_transaction(database: Database) -> None:
    elsewhere: list[bool] = []
    with database.transaction():
        inside = transaction_is_open()
        thread = threading.Thread(target=lambda: elsewhere.append(transaction_is_open()))
        thread.start()
        thread.join()

    assert (inside, elsewhere, transaction_is_open()) == (True, [False], False)


def test_change_one_raises_stale_when_it_meets_no_row(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(note), {"id": 1, "version": 1})

    with pytest.raises(Stale), database.transaction() as tx:
        tx.change_one(update(note).where(note.c.version == 7).values(text="lost"))


def test_of_two_changes_to_one_version_the_second_is_stale(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(note), {"id": 1, "version": 1})
    outcomes: list[str] = []

    def change(name: str) -> None:
        try:
            with database.transaction() as tx:
                tx.change_one(update(note).where(note.c.version == 1).values(text=name, version=2))
            outcomes.append("changed")
        except Stale:
            outcomes.append("stale")

    threads = [threading.Thread(target=change, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["changed", "stale"]


def test_a_savepoint_is_undone_alone(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(insert(note), {"id": 1})
        with pytest.raises(IntegrityError), tx.savepoint():
            tx.execute(insert(note), {"id": 2})
            tx.execute(insert(note), {"id": 1})

    assert count(database) == 1


def test_after_commit_is_called_when_the_rows_are_there(database: Database) -> None:
    counted: list[int] = []

    with database.transaction() as tx:
        tx.execute(insert(note), {"id": 1})
        tx.after_commit(lambda: counted.append(count(database)))
        assert counted == []

    assert counted == [1]


def test_after_commit_is_not_called_on_rollback(database: Database) -> None:
    called: list[int] = []

    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        tx.after_commit(lambda: called.append(1))
        raise ZeroDivisionError

    assert called == []


def test_a_bell_is_one_for_a_name(database: Database) -> None:
    database.bell("jobs").set()

    assert database.bell("jobs").is_set()
    assert not database.bell("outbox").is_set()


def test_one_leads_at_a_time(database: Database) -> None:
    other = Database(address(database))

    with database.leader("relay") as first, other.leader("relay") as second, other.leader("jobs") as another:
        assert (first, second, another) == (True, False, True)
    with other.leader("relay") as again:
        assert again

    other.close()


def test_a_killed_leader_leads_no_more(database: Database) -> None:
    with other_process.running(_LEADS, address(database)) as process:
        assert other_process.line(process) == "True"
        with database.leader("relay") as before:
            assert not before

        other_process.kill(process)

        with database.leader("relay") as after:
            assert after


@pytest.mark.sqlite
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)])
def test_what_is_acknowledged_is_on_disk(database: Database, pragma: str, value: object) -> None:
    with database.transaction() as tx:
        assert tx.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_foreign_key_is_kept(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as tx:
        tx.execute(text("CREATE TABLE child (id INTEGER REFERENCES note (id))"))
        tx.execute(text("INSERT INTO child VALUES (99)"))


def test_a_failing_last_check_takes_everything_back(empty_url: str) -> None:
    def refuse() -> None:
        raise ZeroDivisionError

    database = Database(empty_url, before_commit=refuse)
    with database.engine.begin() as connection:
        METADATA.create_all(connection)

    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        tx.execute(insert(note), {"id": 1})

    assert count(database) == 0
    database.close()

"""The inbox: an event is new once."""

import threading

from chassis import ids, inbox
from chassis.database import Database
from chassis.testing.plugin import NOON


def test_an_event_is_new_once(store: Database) -> None:
    event_id = ids.new()

    with store.transaction() as tx:
        answers = [inbox.first_time(tx, event_id, NOON) for _ in range(3)]

    assert answers == [True, False, False]


def test_an_event_given_up_is_not_new(store: Database) -> None:
    event_id = ids.new()
    with store.transaction() as tx:
        inbox.give_up(tx, event_id, NOON)
        inbox.give_up(tx, event_id, NOON)

    with store.transaction() as tx:
        assert not inbox.first_time(tx, event_id, NOON)


def test_of_two_at_once_one_is_first(store: Database) -> None:
    event_id, answers = ids.new(), []

    def handle() -> None:
        with store.transaction() as tx:
            answers.append(inbox.first_time(tx, event_id, NOON))

    threads = [threading.Thread(target=handle) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 7 + [True]

"""The outbox: a fact and its news are true together or not at all."""

import note_block
import pytest
from sqlalchemy import select

import contracts
from chassis import outbox
from chassis.app import App
from chassis.events import BadEvent, Event
from chassis.tables import outbox as rows
from chassis.testing.plugin import NOON


def told(app: App) -> list[str]:
    with app.runtime.reading() as tx:
        return [row.key for row in tx.execute(select(rows.c.key).order_by(rows.c.seq))]


def test_what_is_told_waits_in_the_order_of_telling(app: App) -> None:
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"), note_block.told("b"))
        outbox.put(tx, note_block.told("c"))

    assert told(app) == ["a", "b", "c"]


def test_nothing_is_told_when_the_transaction_fails(app: App) -> None:
    with pytest.raises(ZeroDivisionError), app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"))
        raise ZeroDivisionError

    assert told(app) == []
    assert not app.runtime.database.bell(outbox.BELL).is_set()


def test_an_event_that_breaks_its_contract_takes_the_fact_back(app: App) -> None:
    with pytest.raises(BadEvent), app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"), note_block.told("b", unexpected="1"))

    assert told(app) == []


def test_an_event_without_a_contract_is_refused(app: App) -> None:
    with pytest.raises(contracts.UnknownContract), app.runtime.transaction() as tx:
        outbox.put(tx, Event("notes.note-lost.v1", "a", NOON, {}))


def test_telling_nothing_writes_nothing_and_rings_no_bell(app: App) -> None:
    with app.runtime.transaction() as tx:
        outbox.put(tx)

    assert told(app) == []
    assert not app.runtime.database.bell(outbox.BELL).is_set()


def test_telling_rings_the_relays_bell_after_the_commit(app: App) -> None:
    bell = app.runtime.database.bell(outbox.BELL)
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"))
        before = bell.is_set()

    assert (before, bell.is_set()) == (False, True)

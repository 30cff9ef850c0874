"""The process log is checked whole: what was altered is named, and what has no leaf."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from chassis.database import Database
from chassis.testing.client import Client
from engagement.receipts import store
from engagement.tables import process_log


@pytest.fixture
def submitted(citizen: Callable[..., Client], world: Any) -> dict[str, Any]:
    process = world.process()
    world.participant(process, "ana")
    answer: dict[str, Any] = (
        citizen().post(f"/v1/processes/{process.id}/proposals", {"title": {"en": "Trees along the river"}}).body
    )
    return answer


def test_a_log_as_it_was_written_holds(submitted: dict[str, Any], database: Database) -> None:
    with database.reading() as tx:
        assert store.checked(tx) == (None, 1)


@pytest.mark.parametrize(
    "change", [{"channel": "paper"}, {"content_hash": "0" * 64}, {"leaf": "0" * 64}, {"kind": "x"}]
)
def test_an_altered_leaf_is_named_by_its_receipt(
    submitted: dict[str, Any], database: Database, change: dict[str, str]
) -> None:
    with database.transaction() as tx:
        tx.execute(update(process_log).values(change))

        flaw, _ = store.checked(tx)

    assert flaw == f"the leaf of receipt {submitted['receipt']['code']} was altered"


def test_a_shredded_salt_alters_nothing(submitted: dict[str, Any], database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(update(process_log).values(salt=None))

        assert store.checked(tx) == (None, 1)


def test_a_contribution_without_a_leaf_is_named(submitted: dict[str, Any], database: Database) -> None:
    with database.transaction() as tx:
        tx.execute(delete(process_log).where(process_log.c.code.in_(select(process_log.c.code))))

        assert store.checked(tx) == (f"the proposal {submitted['id']} has no leaf", 0)

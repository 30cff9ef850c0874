"""What a process made public, and when, can be read by everybody and changed by nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from chassis import ids
from chassis.app import App
from chassis.clock import text
from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State
from engagement.publication import store
from engagement.publication.model import Head, What, broken
from engagement.tables import publication


def test_every_step_that_people_see_is_recorded(
    app: App, official: Callable[..., Client], public: Client, world: Any, make: Any
) -> None:
    process = world.process(state=State.IN_REVIEW, approved_by=None, languages=["en", "ca"])
    its, otto = f"/v1/processes/{process.id}", official("otto")
    phase = f"{its}/phases/{process.phases[0].id}"

    otto.post(f"{its}/approval")
    otto.put(phase, {"opensAt": text(make.NOON - make.DAY), "closesAt": text(make.NOON + 9 * make.DAY)})
    otto.put(f"{phase}/announcement", {"announcement": {"en": "Come on Friday."}})
    otto.put(f"{its}/texts/ca", {"texts": {"/title": "Carrers verds"}})
    otto.post(f"{its}/cancellation", {"reason": {"en": "The budget was cut."}})

    first = public.get(f"{its}/publications?limit=3").body
    rest = public.get(f"{its}/publications?limit=3&cursor={first['next']}").body
    entries = [*first["items"], *rest["items"]]
    assert [each["what"] for each in entries] == ["approved", "rescheduled", "announced", "translated", "cancelled"]
    assert [each["previous"] for each in entries[1:]] == [each["digest"] for each in entries[:-1]]
    fourth = public.get(f"{its}/publications/4").body
    assert fourth["content"]["title"] == {"en": "Green streets", "ca": "Carrers verds"}
    assert "counts" not in fourth["content"] and "reviewNote" not in fourth["content"]
    with app.runtime.reading() as tx:
        assert broken(store.find(tx, process.id, number) for number in range(1, 6)) is None


def test_a_draft_has_no_record(public: Client, official: Callable[..., Client], world: Any) -> None:
    process = world.process(state=State.DRAFT)
    address = f"/v1/processes/{process.id}/publications"
    official("olga").put(
        f"/v1/processes/{process.id}/phases/{process.phases[0].id}/announcement", {"announcement": {"en": "Soon."}}
    )

    assert_problem(public.get(address), 404, "not-found")
    assert_problem(public.get(f"{address}/1"), 404, "not-found")
    assert_problem(public.get(f"/v1/processes/{ids.new()}/publications"), 404, "not-found")


@pytest.mark.parametrize("statement", [update(publication).values(what="cancelled"), delete(publication)])
def test_the_database_refuses_to_change_the_record(app: App, world: Any, make: Any, statement: Any) -> None:
    process = world.process()
    with app.runtime.transaction() as tx:
        store.append(tx, process.id, What.APPROVED, {"title": {"en": "Green streets"}}, make.NOON)

    with pytest.raises(DatabaseError, match="never changed"), app.runtime.transaction() as tx:
        tx.execute(statement)

    (row,) = world.rows(publication)
    assert (row.what, row.previous) == ("approved", Head().digest)


def test_a_page_of_the_record_costs_one_statement(app: App, world: Any, make: Any, statements: Any) -> None:
    process = world.process()
    with app.runtime.transaction() as tx:
        for _ in range(12):
            store.append(tx, process.id, What.RESCHEDULED, {"title": {}}, make.NOON)

    with statements() as said, app.runtime.reading() as tx:
        found = store.page(tx, process.id, 0, 10)

    assert (len(found), len(said)) == (10, 1)

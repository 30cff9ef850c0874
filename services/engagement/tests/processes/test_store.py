"""Every query about processes, among rows of other processes."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from engagement.processes import store
from engagement.processes.model import SlugTaken, State


def test_a_process_comes_back_as_it_was_stored(world: Any, tx: Transaction, make: ModuleType) -> None:
    noise, wanted = make.process(), _two_phases(make)
    for each in (noise, wanted):
        store.add(tx, each)

    assert store.find(tx, wanted.id) == wanted
    assert store.find_held(tx, wanted.id) == store.find_to_change(tx, wanted.id) == wanted
    assert store.find_by_phase(tx, wanted.phases[1].id) == wanted
    assert store.slug(tx, wanted.id) == wanted.slug


def test_a_process_without_phases_comes_back(tx: Transaction, make: ModuleType) -> None:
    bare = make.process(phases=(), state=State.DRAFT)

    store.add(tx, bare)

    assert store.find(tx, bare.id) == bare


def test_what_is_not_there_is_not_found(tx: Transaction) -> None:
    with pytest.raises(NotFound):
        store.find(tx, ids.new())
    assert store.find_by_phase(tx, ids.new()) is None


def test_a_slug_names_one_process(world: Any, tx: Transaction, make: ModuleType) -> None:
    first, second = make.process(slug="one", state=State.DRAFT), make.process(slug="two", state=State.DRAFT)
    store.add(tx, first)
    store.add(tx, second)

    with pytest.raises(SlugTaken):
        store.add(tx, make.process(slug="one"))
    with pytest.raises(SlugTaken):
        store.save_draft(tx, second.revised(slug="one"))
    assert store.find(tx, second.id).slug == "two"


def test_a_version_that_was_overtaken_is_stale(world: Any, tx: Transaction, make: ModuleType) -> None:
    process = make.process(state=State.DRAFT)
    store.add(tx, process)
    store.save(tx, process.revised(title={"en": "First"}))

    with pytest.raises(Stale):
        store.save(tx, process.revised(title={"en": "Second"}))


def test_a_draft_takes_other_phases(tx: Transaction, make: ModuleType) -> None:
    draft = replace(_two_phases(make), state=State.DRAFT)
    store.add(tx, draft)

    store.save_draft(tx, draft.revised(phases=(make.phase(),)))

    assert len(store.find(tx, draft.id).phases) == 1


def test_pages_keep_their_order_when_instants_are_equal(tx: Transaction, make: ModuleType) -> None:
    for _ in range(7):
        store.add(tx, make.process(created_at=make.NOON))

    first = store.page(tx, list(State), None, None, 4)
    rest = store.page(tx, list(State), None, (first[-1].created_at, first[-1].id), 4)

    assert len({each.id for each in [*first, *rest]}) == 7
    assert [each.id for each in [*first, *rest]] == sorted((each.id for each in [*first, *rest]), reverse=True)


def test_a_page_costs_two_statements(app: App, world: Any, statements: Any) -> None:
    counts = []
    for _ in range(2):
        for _ in range(5):
            world.process()
        with statements() as said, app.runtime.reading() as tx:
            store.page(tx, list(State), None, None, 20)
        counts.append(len(said))

    assert counts == [2, 2]


def _two_phases(make: ModuleType) -> Any:
    first = make.phase()
    return make.process(phases=(first, make.phase(opens_at=first.closes_at, closes_at=first.closes_at + make.DAY)))

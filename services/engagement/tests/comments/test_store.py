"""Threads, among comments of other proposals."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.errors import NotFound, Stale
from engagement.comments import store
from engagement.comments.model import Order


def test_a_comment_comes_back_as_it_was_stored(app: App, world: Any) -> None:
    process = world.process()
    author = world.participant(process)
    comment = world.comment(world.proposal(process), author, position="against")

    with app.runtime.reading() as tx:
        assert store.find(tx, comment.id) == comment
        with pytest.raises(NotFound):
            store.find(tx, ids.new())


def test_threads_hold_the_first_answers_and_count_all(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    proposal, noise = world.proposal(process), world.proposal(world.process())
    roots = [world.comment(proposal) for _ in range(3)]
    for root, number in zip(roots, (0, 1, 5), strict=True):
        parent = root
        for each in range(number):
            parent = world.comment(proposal, answers=parent, at=make.NOON + timedelta(minutes=number - each))
    world.comment(noise, answers=world.comment(noise))

    with app.runtime.reading() as tx:
        threads = store.threads(tx, store.roots(tx, proposal.id, Order.OLDEST, None, 20))

    shown = {thread.root.id: (len(thread.replies), thread.replies_total) for thread in threads}
    assert shown == {roots[0].id: (0, 0), roots[1].id: (1, 1), roots[2].id: (2, 5)}
    (longest,) = (thread for thread in threads if thread.root.id == roots[2].id)
    assert [reply.at for reply in longest.replies] == sorted(reply.at for reply in longest.replies)
    assert longest.replies[0].at == make.NOON + timedelta(minutes=1)


@pytest.mark.parametrize("order", list(Order))
def test_pages_of_roots_hold_each_once_however_equal_they_are(app: App, world: Any, order: Order) -> None:
    proposal = world.proposal(world.process())
    for _ in range(7):
        world.comment(proposal)

    with app.runtime.reading() as tx:
        first = store.roots(tx, proposal.id, order, None, 4)
        after = tuple(store.place(first[-1], order))
        rest = store.roots(tx, proposal.id, order, after, 4)

    assert len({each.id for each in [*first, *rest]}) == 7


def test_what_was_hidden_meanwhile_is_stale(app: App, world: Any) -> None:
    comment = world.comment(world.proposal(world.process()))
    with app.runtime.transaction() as tx:
        store.save(tx, comment, comment.hidden("First."))

    with pytest.raises(Stale), app.runtime.transaction() as tx:
        store.save(tx, comment, comment.hidden("Second."))

"""The door of comments."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.web import answered, caller, created, no_content, now, ok, reading, runtime, transaction
from engagement.actors import Actor, actor
from engagement.comments import actions, policy, schemas, store
from engagement.comments.model import Comment, Order
from engagement.cursors import instant_and_id, number_and_id
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.proposals import actions as proposals


def post_comment(proposal_id: str, body: dict[str, object]) -> Response:
    remark = schemas.remark(body)
    with transaction() as tx:
        comment, leaf, author = actions.post(
            tx, UUID(proposal_id), remark, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return answered(tx, created(schemas.posted(comment, author, leaf)))


def edit_comment(comment_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        comment, author = actions.edit(
            tx, UUID(comment_id), body["body"], by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return ok(schemas.comment(comment, author))


def remove_comment(comment_id: str) -> Response:
    with transaction() as tx:
        actions.remove(tx, UUID(comment_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return no_content()


def find_comment_helpful(comment_id: str) -> Response:
    with transaction() as tx:
        actions.favour(tx, UUID(comment_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return no_content()


def find_comment_helpful_no_more(comment_id: str) -> Response:
    with transaction() as tx:
        actions.unfavour(tx, UUID(comment_id), by=actor(caller()), sealer=runtime().sealer)
    return no_content()


def list_comments(proposal_id: str, order: str = "oldest", cursor: str | None = None, limit: int = 20) -> Response:
    by, wanted = actor(caller()), Order(order)
    after = (number_and_id if wanted in (Order.BEST, Order.MOST_ANSWERED) else instant_and_id)(cursor)
    with reading() as tx:
        proposal, me = proposals.visible(tx, UUID(proposal_id), by=by, sealer=runtime().sealer)
        found = store.roots(tx, proposal.id, wanted, after, limit + 1)
        page = paging.page(found, limit, lambda last: store.place(last, wanted))
        pinned = store.pinned(tx, proposal.id) if after is None else []
        threads = store.threads(tx, [*pinned, *page.items])
        reader = _reader(tx, by, me, [each for of in threads for each in (of.root, *of.replies)])
    items = [schemas.thread(each, reader) for each in threads]
    return ok({"items": items[len(pinned) :], "pinned": items[: len(pinned)], "next": page.next})


def list_replies(comment_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        root = store.find(tx, UUID(comment_id))
        if root.depth:
            raise NotFound("There is no such root comment.")
        _, me = proposals.visible(tx, root.proposal_id, by=by, sealer=runtime().sealer)
        found = store.replies(tx, root.id, after, limit + 1)
        page = paging.page(found, limit, lambda last: store.place(last, Order.OLDEST))
        reader = _reader(tx, by, me, [root, *page.items])
    items = [schemas.read(each, reader) for each in page.items]
    return ok({"root": schemas.read(root, reader), "items": items, "next": page.next})


def _reader(tx: Transaction, by: Actor, me: Participant | None, shown: Sequence[Comment]) -> schemas.Reader:
    authors = {each.participant_id for each in shown if each.participant_id}
    return schemas.Reader(
        may_read=partial(policy.may_read, by, me),
        names=participants.names(tx, authors, runtime().sealer),
        favoured=store.favoured(tx, [each.id for each in shown], me.actor_key) if me and shown else frozenset(),
        participant_id=me.id if me else None,
    )

"""The door of comments."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.web import answered, caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.comments import actions, policy, schemas, store
from engagement.comments.model import Comment
from engagement.cursors import instant_and_id
from engagement.participants import store as participants
from engagement.proposals import actions as proposals


def post_comment(proposal_id: str, body: dict[str, object]) -> Response:
    remark = schemas.remark(body)
    with transaction() as tx:
        comment, leaf, author = actions.post(
            tx, UUID(proposal_id), remark, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return answered(tx, created(schemas.posted(comment, author, leaf)))


def list_comments(proposal_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        proposal, me = proposals.visible(tx, UUID(proposal_id), by=by, sealer=runtime().sealer)
        page = paging.page(store.roots(tx, proposal.id, after, limit + 1), limit, _place)
        threads = store.threads(tx, page.items)
        names = _names(tx, [*page.items, *(reply for thread in threads for reply in thread.replies)])
    may_read = partial(policy.may_read, by, me)
    return ok({"items": [schemas.thread(each, names, may_read) for each in threads], "next": page.next})


def list_replies(comment_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        root = store.find(tx, UUID(comment_id))
        if root.depth:
            raise NotFound("There is no such root comment.")
        _, me = proposals.visible(tx, root.proposal_id, by=by, sealer=runtime().sealer)
        page = paging.page(store.replies(tx, root.id, after, limit + 1), limit, _place)
        names = _names(tx, page.items)
    may_read = partial(policy.may_read, by, me)
    return ok({"items": [schemas.read(each, names, may_read) for each in page.items], "next": page.next})


def _names(tx: Transaction, comments: Iterable[Comment]) -> schemas.Names:
    authors = {each.participant_id for each in comments if each.participant_id}
    return participants.names(tx, authors, runtime().sealer)


def _place(of: Comment) -> list[object]:
    return [of.at, of.id]

"""The door of imports."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.comments import schemas as comments
from engagement.cursors import instant_and_id
from engagement.imports import actions, schemas, store
from engagement.processes import store as processes
from engagement.processes.policy import may_work_on
from engagement.proposals import schemas as proposals


def import_proposal(process_id: str, body: dict[str, dict[str, object]]) -> Response:
    wanted, participant_id = proposals.submission(body["content"]), _participant(body)
    with transaction() as tx:
        done = actions.import_proposal(
            tx, UUID(process_id), wanted, participant_id, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        slug = processes.slug(tx, done.contribution.process_id)
        proposal = proposals.submitted(done.contribution, slug, done.receipt)
        return answered(tx, created(schemas.imported(proposal, done.exceptions)))


def import_comment(process_id: str, body: dict[str, object]) -> Response:
    remark, participant_id, proposal_id = comments.remark(body), _participant(body), UUID(str(body["proposalId"]))
    by, sealer = actor(caller()), runtime().sealer
    with transaction() as tx:
        done = actions.import_comment(
            tx, UUID(process_id), proposal_id, remark, participant_id, by=by, at=now(), sealer=sealer
        )
        author = done.author.display_name if done.author else None
        comment = comments.posted(done.contribution, author, done.receipt)
        return answered(tx, created(schemas.imported(comment, done.exceptions)))


def list_import_exceptions(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    may_work_on(actor(caller())).require()
    after = instant_and_id(cursor)
    with reading() as tx:
        process = processes.find(tx, UUID(process_id))
        found = store.page(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.exception(each) for each in page.items], "next": page.next})


def _participant(body: object) -> UUID | None:
    named = body.get("participantId") if isinstance(body, dict) else None
    return UUID(str(named)) if named else None

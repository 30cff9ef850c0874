"""The door of a person's own data."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.mydata import actions, schemas


def list_my_participations(cursor: str | None = None, limit: int = 20) -> Response:
    with reading() as tx:
        page = actions.parts(tx, cursor, limit, by=actor(caller()), sealer=runtime().sealer)
    return ok({"items": [schemas.part(each) for each in page.items], "next": page.next})


def list_my_contributions(cursor: str | None = None, limit: int = 20) -> Response:
    with reading() as tx:
        page = actions.contributions(tx, cursor, limit, by=actor(caller()), sealer=runtime().sealer)
    return ok({"items": [schemas.contribution(each) for each in page.items], "next": page.next})


def leave_process(process_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        left = actions.leave(
            tx, UUID(process_id), erase=body["erase"], by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return ok(schemas.left(left))


def erase_by_receipt(code: str) -> Response:
    with transaction() as tx:
        kind = actions.erase_by_receipt(tx, code, sealer=runtime().sealer)
    return ok({"code": code, "kind": kind})

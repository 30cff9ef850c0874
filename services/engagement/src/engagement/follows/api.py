"""The door of follows and news."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import caller, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.follows import actions, schemas


def follow_process(process_id: str, body: dict[str, Any]) -> Response:
    own = runtime()
    with transaction() as tx:
        actions.ask(
            tx,
            UUID(process_id),
            body["address"],
            body.get("language"),
            refused_domains=own.settings.refused_mail_domains,
            by=actor(caller()),
            at=now(),
            sealer=own.sealer,
        )
    return no_content()


def confirm_follow(follow_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        follow = actions.confirm(tx, UUID(follow_id), body["token"], at=now(), sealer=runtime().sealer)
    return ok({"id": str(follow.id), "processId": str(follow.process_id)})


def end_follow(follow_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        actions.end(tx, UUID(follow_id), body["token"], sealer=runtime().sealer)
    return no_content()


def list_news(process_id: str) -> Response:
    with reading() as tx:
        found = actions.news(tx, UUID(process_id), by=actor(caller()), at=now())
    return ok({"items": [schemas.news(each) for each in found]})

"""The door of the help desk."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import answered, caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.helpdesk import actions, schemas, store
from engagement.helpdesk.model import State


def ask_for_help(body: dict[str, Any]) -> Response:
    with transaction() as tx:
        case = actions.ask(tx, schemas.question(body), by=actor(caller()), at=now(), sealer=runtime().sealer)
        return answered(tx, created(schemas.case(case)))


def get_help_case(code: str) -> Response:
    with reading() as tx:
        return ok(schemas.case(store.of_code(tx, code, runtime().sealer)))


def list_help_cases(state: str = "open", cursor: str | None = None, limit: int = 20) -> Response:
    with reading() as tx:
        page = actions.waiting(tx, State(state), cursor, limit, by=actor(caller()), sealer=runtime().sealer)
    return ok({"items": [schemas.desk(each) for each in page.items], "next": page.next})


def answer_help_case(case_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        case = actions.answer(tx, UUID(case_id), body["answer"], by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.desk(case))

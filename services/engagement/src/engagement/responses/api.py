"""The door of responses."""

from uuid import UUID

from flask import Response, request

from chassis.web import answered, caller, created, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.questionnaire import shown
from engagement.questionnaire.route import PageNotMet
from engagement.responses import actions, keys, schemas
from engagement.responses.actions import Asking


def start_response(survey_id: str, body: dict[str, str]) -> Response:
    asking = _asking()
    with transaction() as tx:
        progress, new = actions.start(tx, UUID(survey_id), body.get("language"), asking)
    key = keys.key(progress.response.id, asking.sealer) if asking.by.is_visitor else None
    return (created if new else ok)(schemas.progress(progress, key))


def get_my_response(survey_id: str) -> Response:
    with reading() as tx:
        progress = actions.mine(tx, UUID(survey_id), _asking())
    return ok(schemas.progress(progress))


def get_my_page(survey_id: str, page_id: str) -> Response:
    with reading() as tx:
        its = actions.mine(tx, UUID(survey_id), _asking())
    if not its.route.meets(page_id):
        raise PageNotMet("This page is passed by.")
    return ok(shown.met(its.survey.definition, its.survey.asked(), its.route, page_id, its.response.id))


def save_my_page(survey_id: str, page_id: str, body: dict[str, object]) -> Response:
    with transaction() as tx:
        progress = actions.save_page(tx, UUID(survey_id), page_id, schemas.sent(body), _asking())
    return ok(schemas.progress(progress))


def submit_my_response(survey_id: str) -> Response:
    with transaction() as tx:
        progress, leaf = actions.submit_mine(tx, UUID(survey_id), _asking())
        return answered(tx, created(schemas.submitted(progress, leaf)))


def submit_response(survey_id: str, body: dict[str, object]) -> Response:
    with transaction() as tx:
        progress, leaf = actions.submit(tx, UUID(survey_id), schemas.sent(body), _asking())
        return answered(tx, created(schemas.submitted(progress, leaf)))


def withdraw_my_response(survey_id: str) -> Response:
    with transaction() as tx:
        actions.withdraw(tx, UUID(survey_id), _asking())
    return no_content()


def _asking() -> Asking:
    return Asking(actor(caller()), now(), runtime().sealer, request.headers.get("Response-Key"))

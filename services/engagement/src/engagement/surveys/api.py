"""The door of surveys."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id
from engagement.processes import actions as processes
from engagement.questionnaire.route import PageNotMet, fitting, walk
from engagement.surveys import actions, schemas, store
from engagement.surveys.model import State
from engagement.surveys.pictures import picture

_PUBLIC = [State.PUBLISHED, State.CLOSED]


def list_surveys(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        found = store.page(tx, process.id, list(State) if by.is_staff else _PUBLIC, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.created_at, last.id])
    return ok({"items": [schemas.listed(each) for each in page.items], "next": page.next})


def draft_survey(process_id: str, body: dict[str, object]) -> Response:
    wanted = schemas.draft(body)
    with transaction() as tx:
        survey, process = actions.draft(tx, UUID(process_id), wanted, by=actor(caller()), at=now())
        return answered(tx, created(schemas.survey(survey, survey.gaps(process.languages[0]))))


def get_survey(survey_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        survey, process = actions.visible(tx, UUID(survey_id), by=by)
    worked_on = by.is_official and survey.state is State.DRAFT
    return ok(schemas.survey(survey, survey.gaps(process.languages[0]) if worked_on else None))


def revise_survey(survey_id: str, body: dict[str, object]) -> Response:
    version = int(str(body["version"]))
    wanted = schemas.draft(body)
    with transaction() as tx:
        survey, process = actions.revise(tx, UUID(survey_id), wanted, version, by=actor(caller()), at=now())
    gaps = survey.gaps(process.languages[0]) if survey.state is State.DRAFT else None
    return ok(schemas.survey(survey, gaps))


def publish_survey(survey_id: str) -> Response:
    with transaction() as tx:
        survey = actions.publish(tx, UUID(survey_id), by=actor(caller()), at=now())
    return ok(schemas.survey(survey))


def close_survey(survey_id: str) -> Response:
    with transaction() as tx:
        survey = actions.close(tx, UUID(survey_id), by=actor(caller()), at=now())
    return ok(schemas.survey(survey))


def get_survey_revision(survey_id: str, number: int) -> Response:
    with reading() as tx:
        survey, _ = actions.visible(tx, UUID(survey_id), by=actor(caller()))
        definition = store.revision(tx, survey.id, number)
    return ok({"surveyId": str(survey.id), "revision": number, "definition": definition})


def add_survey_picture(survey_id: str, body: dict[str, str]) -> Response:
    added = picture(body["mediaType"], body["content"])
    with transaction() as tx:
        actions.add_picture(tx, UUID(survey_id), added, by=actor(caller()), at=now())
    return created(schemas.picture(added))


def get_survey_picture(survey_id: str, picture_id: str) -> Response:
    with reading() as tx:
        survey, _ = actions.visible(tx, UUID(survey_id), by=actor(caller()))
        return ok(schemas.picture(store.picture(tx, survey.id, UUID(picture_id))))


def preview_survey(survey_id: str, body: dict[str, Any]) -> Response:  # Any: the contract has checked it
    with reading() as tx:
        survey, process = actions.visible(tx, UUID(survey_id), by=actor(caller()))
    asked = survey.complete(process.languages[0]).asked()
    fitting(asked, body["answers"])
    route = walk(asked, body["answers"])
    page = body.get("page") or (route.pages[0].id if route.pages else None)
    if page and not route.meets(page):
        raise PageNotMet("This page is passed by.")
    return ok(schemas.preview(survey, asked, route, page))

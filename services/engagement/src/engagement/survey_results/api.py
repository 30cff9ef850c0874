"""The door of survey results."""

from uuid import UUID

from flask import Response

from chassis.web import caller, empty, now, ok, reading, transaction
from engagement.actors import actor
from engagement.survey_results import actions, schemas
from engagement.survey_results.model import Audience


def get_survey_results(survey_id: str, audience: str = "public") -> Response:
    with reading() as tx:
        found = actions.results(tx, UUID(survey_id), Audience(audience), by=actor(caller()), at=now())
    return ok(schemas.results(found))


def get_survey_cross_table(survey_id: str, first: str, second: str, audience: str = "public") -> Response:
    with reading() as tx:
        found = actions.cross_table(
            tx, UUID(survey_id), first, second, Audience(audience), by=actor(caller()), at=now()
        )
    return ok(schemas.cross_table(found))


def recount_survey(survey_id: str) -> Response:
    with transaction() as tx:
        actions.recount(tx, UUID(survey_id), by=actor(caller()), at=now())
    return empty(202)

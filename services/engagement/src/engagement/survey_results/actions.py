"""The stories of results: read them, cross two questions, have them counted anew."""

from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.survey_results import assembly, policy, store
from engagement.survey_results.crossing import crossed
from engagement.survey_results.model import Audience, CrossTable, Results
from engagement.survey_tally import actions as tally
from engagement.survey_tally import store as running
from engagement.surveys import actions as surveys
from engagement.surveys.model import Survey


def results(tx: Transaction, survey_id: UUID, audience: Audience, *, by: Actor, at: datetime) -> Results:
    """A handful of statements, however many responses there are. Raises NotFound, ResultsHidden, NotAnOfficial."""
    survey = _shown(tx, survey_id, audience, by, at)
    return assembly.results(
        survey.id,
        survey.asked(),
        store.cells(tx, survey.id),
        store.terms(tx, survey.id),
        audience,
        waiting=running.waiting(tx, survey.id),
        folded_at=store.folded_at(tx, survey.id),
    )


def cross_table(
    tx: Transaction, survey_id: UUID, first: str, second: str, audience: Audience, *, by: Actor, at: datetime
) -> CrossTable:
    """Raises NotFound, ResultsHidden, NotAnOfficial, NotCrossable."""
    survey = _shown(tx, survey_id, audience, by, at)
    one, other = assembly.sides(survey.asked(), store.cells(tx, survey.id), first, second)
    return crossed(survey.id, one, other, store.pair(tx, survey.id, first, second), audience)


def recount(tx: Transaction, survey_id: UUID, *, by: Actor, at: datetime) -> None:
    """Ask for all figures to be made anew from the responses. Raises NotFound, NotAnOfficial, NotYourRole."""
    survey, process = surveys.visible(tx, survey_id, by=by)
    policy.may_recount(by, process).require()
    tally.recount(tx, survey.id)
    audit.record(tx, process.id, "survey recounted", survey.id, by=by, at=at)


def _shown(tx: Transaction, survey_id: UUID, audience: Audience, by: Actor, at: datetime) -> Survey:
    survey, process = surveys.visible(tx, survey_id, by=by)
    policy.may_see_results(by, survey, process, audience, at).require()
    return survey

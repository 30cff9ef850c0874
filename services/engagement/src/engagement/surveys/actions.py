"""The stories of a survey: draft it, revise it, publish it, close it."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.processes import actions as processes
from engagement.processes.model import Process, Role
from engagement.processes.policy import may_act
from engagement.surveys import events, policy, store
from engagement.surveys.model import Draft, State, Survey
from engagement.surveys.pictures import Picture


def visible(tx: Transaction, survey_id: UUID, *, by: Actor) -> tuple[Survey, Process]:
    """The survey and its process. Raises NotFound, also for what the actor may not know of."""
    found = store.find(tx, survey_id)
    process = processes.visible(tx, found.process_id, by=by)
    if not policy.may_see(by, found):
        raise NotFound("There is no such survey.")
    return found, process


def draft(tx: Transaction, process_id: UUID, wanted: Draft, *, by: Actor, at: datetime) -> tuple[Survey, Process]:
    """Begin a survey. Raises NotFound, NotAnOfficial, NotYourRole."""
    process = processes.visible(tx, process_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    survey = Survey(
        id=ids.new(),
        process_id=process.id,
        title=wanted.title,
        introduction=wanted.introduction,
        definition=wanted.definition,
        settings=wanted.settings,
        created_at=at,
    )
    store.add(tx, survey)
    audit.record(tx, process.id, "survey drafted", survey.id, by=by, at=at)
    return survey, process


def revise(
    tx: Transaction, survey_id: UUID, wanted: Draft, version: int, *, by: Actor, at: datetime
) -> tuple[Survey, Process]:
    """Replace a draft, or put the texts of a published survey right. Raises NotFound, NotAnOfficial, NotYourRole,
    Stale, StructureFrozen, SurveyClosed, SurveyIncomplete."""
    before, process = visible(tx, survey_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    if before.version != version:
        raise Stale("Someone else changed this survey.")
    survey = before.revised(wanted)
    if survey.state is State.PUBLISHED:
        store.keep_revision(tx, survey.complete(process.languages[0]), at)
        outbox.put(tx, events.revised(survey, at))
    store.save(tx, survey)
    audit.record(tx, process.id, "survey revised", survey.id, by=by, at=at)
    return survey, process


def publish(tx: Transaction, survey_id: UUID, *, by: Actor, at: datetime) -> Survey:
    """Freeze the structure; people can answer while a phase takes responses. Raises NotFound, NotAnOfficial,
    NotYourRole, NotADraftSurvey, SurveyIncomplete, Stale."""
    before, process = visible(tx, survey_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    survey = before.published(process.languages[0], at)
    store.save(tx, survey)
    store.keep_revision(tx, survey, at)
    store.open_quotas(tx, survey.id, [quota.id for quota in survey.asked().quotas])
    audit.record(tx, process.id, "survey published", survey.id, by=by, at=at)
    outbox.put(tx, events.published(survey, at))
    return survey


def close(tx: Transaction, survey_id: UUID, *, by: Actor, at: datetime) -> Survey:
    """Take no more answers. Raises NotFound, NotAnOfficial, NotYourRole, SurveyClosed, Stale."""
    before, process = visible(tx, survey_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    survey = before.closed()
    store.save(tx, survey)
    audit.record(tx, process.id, "survey closed", survey.id, by=by, at=at)
    outbox.put(tx, events.closed(survey, at))
    return survey


def add_picture(tx: Transaction, survey_id: UUID, added: Picture, *, by: Actor, at: datetime) -> Picture:
    """For an option to name. Raises NotFound, NotAnOfficial, NotYourRole."""
    survey, process = visible(tx, survey_id, by=by)
    may_act(by, process, Role.EDITOR).require()
    store.add_picture(tx, survey.id, added, at)
    return added

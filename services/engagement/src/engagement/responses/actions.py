"""The stories of a response: begin it, save a page, submit it, change it, withdraw it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.processes.model import Process
from engagement.questionnaire.model import TEXTS, Full, Questionnaire
from engagement.questionnaire.route import AnswerRefused, PageNotMet, Route, fitting, walk
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf
from engagement.responses import events, keys, policy, quotas, store
from engagement.responses.model import (
    RESPONSE,
    AlreadyAnswered,
    Next,
    Progress,
    Response,
    Sent,
    begun,
    complete,
)
from engagement.surveys import actions as surveys
from engagement.surveys import store as survey_store
from engagement.surveys.model import Survey


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and with which key of a response; None without one."""

    by: Actor
    at: datetime
    sealer: Sealer
    key: str | None = None


@dataclass(frozen=True, slots=True)
class _Met:
    survey: Survey
    process: Process
    asked: Questionnaire
    participant: Participant | None
    response: Response | None

    @property
    def answering(self) -> Participant:
        """Who answers; `may_answer` has said that there is someone."""
        assert self.participant is not None  # noqa: S101 - as above
        return self.participant


def start(tx: Transaction, survey_id: UUID, language: str | None, asking: Asking) -> tuple[Progress, bool]:
    """The caller's response, begun unless she has one; whether it is new. Raises NotFound, NotAParticipant,
    PhaseClosed, SurveyClosed, AlreadyAnswered."""
    met = _met_to_answer(tx, survey_id, asking)
    if met.response is not None:
        policy.may_change(met.survey, met.response).require()
        return _progress(met, met.response), False
    response = begun(met.survey, met.answering, language, asking.at)
    if not store.begin(tx, response):
        raise Stale("You began to answer in another window; go on there.")
    return _progress(met, response), True


def mine(tx: Transaction, survey_id: UUID, asking: Asking) -> Progress:
    """The caller's response as it stands. Raises NotFound."""
    met = _met(tx, survey_id, asking)
    return _progress(met, _begun(met))


def save_page(tx: Transaction, survey_id: UUID, page_id: str, sent: Sent, asking: Asking) -> Progress:
    """Keep the answers of one page. Raises NotFound, NotAParticipant, PhaseClosed, SurveyClosed, AlreadyAnswered,
    PageNotMet, AnswerRefused, Stale."""
    met = _met_to_answer(tx, survey_id, asking)
    before = _begun(met)
    policy.may_change(met.survey, before).require()
    page = next((each for each in met.asked.pages if each.id == page_id), None)
    if page is None:
        raise NotFound("There is no such page.")
    here = {question.id for question in page.questions}
    fitting(met.asked, sent.answers)
    kept = {name: value for name, value in before.current.items() if name not in here}
    answers = kept | {name: value for name, value in sent.answers.items() if name in here}
    route = walk(met.asked, answers)
    if not route.meets(page_id):
        raise PageNotMet("This page is passed by.")
    response = before.saved(answers, sent.language, asking.at)
    store.save(tx, response)
    full = quotas.full(tx, met.survey, met.asked, route.answers, before.answers if before.counts else None)
    stopped = next((each.message for each in full if each.action is Full.STOP), None)
    told = tuple(each.message for each in full if each.action is Full.MESSAGE)
    following = Next(stopped=stopped) if stopped else _following(route, page_id, sent)
    return Progress(met.survey, response, route, following, told)


def submit_mine(tx: Transaction, survey_id: UUID, asking: Asking) -> tuple[Progress, Leaf]:
    """What was saved counts from now on. Raises as `save_page`, QuotaFull."""
    met = _met_to_answer(tx, survey_id, asking)
    before = _begun(met)
    policy.may_change(met.survey, before).require()
    route = complete(walk(met.asked, before.current))
    response = before.submitted(route.answers, met.survey.revision, asking.at)
    quotas.count(tx, met.survey, met.asked, before.answers if before.counts else None, route.answers)
    store.save(tx, response)
    told = events.changed(response, before.contribution_id) if before.counts else events.submitted(response)
    outbox.put(tx, told)
    return Progress(met.survey, response, route, Next()), logged(tx, response)


def submit(tx: Transaction, survey_id: UUID, sent: Sent, asking: Asking) -> tuple[Progress, Leaf]:
    """All answers at once. Raises as `submit_mine`."""
    survey, process = surveys.visible(tx, survey_id, by=asking.by)
    participant = participants.of_subject(tx, process.id, asking.by.subject, asking.sealer)
    policy.may_answer(participant, survey, process, asking.at).require()
    assert participant is not None  # noqa: S101 - may_answer has just said so
    asked = survey.asked()
    fitting(asked, sent.answers)
    route = complete(walk(asked, sent.answers))
    fresh = begun(survey, participant, sent.language, asking.at)
    response = fresh.submitted(route.answers, survey.revision, asking.at)
    quotas.count(tx, survey, asked, None, route.answers)
    counted_as = store.submit(tx, response)
    if counted_as is None:
        raise AlreadyAnswered("You have answered this survey.")
    response = replace(response, id=counted_as)
    outbox.put(tx, events.submitted(response))
    return Progress(survey, response, route, Next()), logged(tx, response)


def withdraw(tx: Transaction, survey_id: UUID, asking: Asking) -> None:
    """Take a response back; one that does not count stays as it is. Raises NotFound, NotAParticipant, PhaseClosed,
    SurveyClosed, AlreadyAnswered, Stale."""
    met = _met_to_answer(tx, survey_id, asking)
    before = _begun(met)
    policy.may_change(met.survey, before).require()
    if not before.counts:
        return
    quotas.count(tx, met.survey, met.asked, before.answers, None)
    response = before.withdrawn(asking.at)
    store.save(tx, response)
    outbox.put(tx, events.withdrawn(response, asking.at))


def logged(tx: Transaction, response: Response) -> Leaf:
    """The receipt of a response that was submitted, put into the process log."""
    assert response.contribution_id is not None  # noqa: S101 - it was submitted
    name = response.contribution_id
    receipt = leaf(response.process_id, RESPONSE, name, response.channel, response.said(), response.at)
    receipts.append(tx, receipt)
    return receipt


def erase(tx: Transaction, contribution_id: UUID) -> None:
    """A dash in the place of what the person wrote in her own words; nothing without such a response."""
    before = store.of_contribution(tx, contribution_id)
    if before is None:
        return
    survey = survey_store.find(tx, before.survey_id)
    response = before.without_words({each.id for each in survey.asked().questions() if each.type in TEXTS})
    store.save(tx, response)
    outbox.put(tx, events.changed(response, contribution_id))


def _met(tx: Transaction, survey_id: UUID, asking: Asking) -> _Met:
    """The survey, and the response that the caller has to it: by a key, else as a participant."""
    survey, process = surveys.visible(tx, survey_id, by=asking.by)
    if asking.key is not None:
        response = store.of_id(tx, keys.opened(asking.key, asking.sealer))
        if response is None or response.survey_id != survey.id or response.participant_id is None:
            raise NotFound("There is no such response.")
        participant = participants.of_id(tx, response.participant_id, asking.sealer)
    else:
        participant = participants.of_subject(tx, process.id, asking.by.subject, asking.sealer)
        response = store.of_actor(tx, survey.id, participant.actor_key) if participant else None
    return _Met(survey, process, survey.asked(), participant, response)


def _met_to_answer(tx: Transaction, survey_id: UUID, asking: Asking) -> _Met:
    met = _met(tx, survey_id, asking)
    policy.may_answer(met.participant, met.survey, met.process, asking.at).require()
    return met


def _begun(met: _Met) -> Response:
    if met.response is None:
        raise NotFound("You have not begun to answer this survey.")
    return met.response


def _progress(met: _Met, response: Response) -> Progress:
    route = walk(met.asked, response.current)
    return Progress(met.survey, response, route, Next(route.resumed()))


def _following(route: Route, page_id: str, sent: Sent) -> Next:
    """The page that follows; the same again while it lacks an answer, or shows what the person has not seen yet."""
    if not sent.complete:
        return Next(page_id)
    here = {f"/answers/{question.id}" for question in route.shown[page_id]}
    unseen = {each.id for each in route.shown[page_id] if each.takes_answer and each.id not in route.answers}
    if sent.seen is not None and unseen - set(sent.seen):
        return Next(page_id)
    if lacking := [fault for fault in route.lacking() if fault[0] in here]:
        raise AnswerRefused("Some questions still need an answer.", lacking)
    return Next(route.after(page_id))

"""The story of entering: a batch that fits counts as a whole, and what was entered before is passed over."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.contributions import Channel
from engagement.entering import policy
from engagement.entering.model import Entry, fitting, response
from engagement.questionnaire.model import Questionnaire
from engagement.responses import actions as responses
from engagement.responses import events, quotas, store
from engagement.responses.model import Response
from engagement.surveys import actions as surveys
from engagement.surveys import store as survey_store
from engagement.surveys.model import Survey


def enter(
    tx: Transaction, survey_id: UUID, channel: Channel, entries: list[Entry], *, by: Actor, at: datetime
) -> list[Response]:
    """Those that were new. Quotas count them and refuse none. Raises NotFound, NotAnOfficial, NotYourRole,
    PhaseClosed, SurveyClosed, EntryRefused."""
    survey, process = surveys.visible(tx, survey_id, by=by)
    policy.may_enter(by, survey, process, at).require()
    asked = survey.asked()
    fitting(asked, entries, at)
    known = store.known_keys(tx, survey.id, [entry.actor_key for entry in entries])
    added = [response(survey, channel, entry, at) for entry in entries if entry.actor_key not in known]
    store.add_all(tx, added)
    for each in added:
        responses.logged(tx, each)
    _count_quotas(tx, survey, asked, added)
    outbox.put(tx, *(events.submitted(each) for each in added))
    audit.record(tx, process.id, "responses entered", survey.id, by=by, at=at)
    return added


def _count_quotas(tx: Transaction, survey: Survey, asked: Questionnaire, added: list[Response]) -> None:
    joined = Counter(name for each in added for name in quotas.met(asked, each.answers))
    for name in sorted(joined):
        survey_store.add_to_quota(tx, survey.id, name, joined[name])

"""The stories of a case: asked, looked up, answered, forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis import ids, paging
from chassis.database import Transaction
from chassis.paging import Page
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.cursors import instant_and_id
from engagement.helpdesk import store
from engagement.helpdesk.model import Case, Question, State
from engagement.processes import actions as processes
from engagement.processes.policy import may_work_on


def ask(tx: Transaction, asked: Question, *, by: Actor, at: datetime, sealer: Sealer) -> Case:
    """Open a case. Raises NotFound for a process that is not there."""
    if asked.process_id is not None:
        processes.visible(tx, asked.process_id, by=by)
    case = Case(ids.new(), ids.code(), asked.topic, asked.text, at, asked.process_id, asked.language)
    store.add(tx, case, sealer)
    return case


def waiting(tx: Transaction, state: State, cursor: str | None, limit: int, *, by: Actor, sealer: Sealer) -> Page[Case]:
    """Who has waited longest comes first. Raises NotAnOfficial, BadCursor."""
    may_work_on(by).require()
    found = store.page(tx, state, instant_and_id(cursor), limit + 1, sealer)
    return paging.page(found, limit, lambda last: [last.asked_at, last.id])


def answer(tx: Transaction, case_id: UUID, text: str, *, by: Actor, at: datetime, sealer: Sealer) -> Case:
    """Raises NotAnOfficial, NotFound, CaseAnswered, Stale."""
    may_work_on(by).require()
    case = store.find(tx, case_id, sealer).answered(text, by.subject or "", at)
    store.save(tx, case, sealer)
    return case


def forget(tx: Transaction, kept: timedelta, *, at: datetime) -> int:
    """Drop what was answered long ago; how many."""
    return store.forget(tx, at - kept)

"""The stories of translations: see what is missing, write it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.processes import actions as processes
from engagement.processes import store
from engagement.processes.model import Process
from engagement.processes.policy import may_work_on
from engagement.publication.model import What
from engagement.translations.model import PlanText, texts, translated


def report(tx: Transaction, process_id: UUID, *, by: Actor) -> list[PlanText]:
    """Raises NotFound, NotAnOfficial."""
    may_work_on(by).require()
    return texts(processes.visible(tx, process_id, by=by))


def translate(
    tx: Transaction, process_id: UUID, language: str, wanted: Mapping[str, str], *, by: Actor, at: datetime
) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, UnknownLanguage, UnknownText, OriginalIsPublic, Stale."""
    process = translated(processes.editable(tx, process_id, by=by), language, wanted)
    store.save_texts(tx, process)
    audit.record(tx, process.id, "process translated", process.id, by=by, at=at, reason=language)
    processes.published(tx, process, What.TRANSLATED, at)
    return process

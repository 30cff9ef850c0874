"""The loop that folds responses into the figures."""

import logging
from collections.abc import Iterable
from datetime import datetime

from chassis.database import Database
from chassis.errors import Stale
from chassis.runtime import Runtime
from engagement.survey_tally import store
from engagement.survey_tally.actions import BELL
from engagement.survey_tally.folding import Change, Folding
from engagement.survey_tally.model import Said, said, variables
from engagement.surveys import store as surveys

log = logging.getLogger(__name__)
_BATCH = 1000
_IDLE_SECONDS = 1.0
_PACE_SECONDS = 0.5  # what comes in meanwhile shares a fold, which changes thousands of sums for one response or many


def run(runtime: Runtime) -> None:
    """Fold until the app stops, one process at a time."""
    bell = runtime.database.bell(BELL)
    while not runtime.stopping.is_set():
        bell.clear()
        if not fold(runtime.database, runtime.clock()):
            bell.wait(_IDLE_SECONDS)
        runtime.stopping.wait(_PACE_SECONDS)


def fold(database: Database, at: datetime) -> bool:
    """Begin the recounts that are asked for, and fold one batch of news; False when there was nothing to do.

    The batch is read and added up outside of the transaction that writes it, because adding up may take a second and
    SQLite knows one writer; what changed in between is left for the next round.
    """
    with database.reading() as tx:
        asked = store.recounts(tx)
    for survey_id in asked:
        with database.transaction() as tx:
            store.forget(tx, survey_id)
        log.info("survey counted anew", extra={"survey_id": str(survey_id)})
    with database.reading() as tx:
        batch = store.batch(tx, _BATCH)
        survey = surveys.find(tx, batch.survey_id) if batch else None
    if batch is None or survey is None:
        return False
    asks = survey.asked()
    known = variables(asks)
    says = {each.id: its for each in batch.responses if (its := said(asks, known, each))}
    change = _change(Folding(known), says.values(), batch.folded.values())
    try:
        with database.transaction() as tx:
            store.save(tx, batch, change, says, at)
    except Stale:
        log.info("a response changed while it was counted", extra={"survey_id": str(batch.survey_id)})
    return True


def _change(folding: Folding, says: Iterable[Said], said_before: Iterable[Said]) -> Change:
    for each in said_before:
        folding.take_out(each)
    for each in says:
        folding.add(each)
    return folding.change()

"""The stories of running figures: hear news of a response, count a survey anew. The loop in `jobs.py` does the rest."""

from uuid import UUID

from chassis.database import Transaction
from engagement.survey_tally import store

BELL = "survey-tally"


def note(tx: Transaction, survey_id: UUID, response_id: UUID, news: UUID) -> None:
    """The response is looked at again; `news` tells this news from others."""
    store.mark(tx, survey_id, response_id, news)
    tx.after_commit(tx.database.bell(BELL).set)


def recount(tx: Transaction, survey_id: UUID) -> None:
    """All figures are made anew, soon."""
    store.ask_recount(tx, survey_id)
    tx.after_commit(tx.database.bell(BELL).set)

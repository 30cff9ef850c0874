"""Every query about results: they read running figures, never responses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from chassis.database import Transaction
from engagement.statistics.disclosure import K
from engagement.survey_results.model import Sums, Term
from engagement.tables import survey_cell, survey_pair, survey_tally, survey_term

_MOST_TERMS = 40
_SUMS = [survey_cell.c[name] for name in Sums._fields]


def cells(tx: Transaction, survey_id: UUID) -> dict[str, dict[str, Sums]]:
    """All of a survey, `{variable: {code: sums}}`, in one statement."""
    query = select(survey_cell.c.variable, survey_cell.c.code, *_SUMS).where(
        survey_cell.c.survey_id == survey_id, survey_cell.c.n > 0
    )
    found: dict[str, dict[str, Sums]] = {}
    for row in tx.execute(query):
        found.setdefault(row.variable, {})[row.code] = Sums(*row[2:])
    return found


def pair(tx: Transaction, survey_id: UUID, first: str, second: str) -> dict[tuple[str, str], Sums]:
    """`{(first code, second code): sums}`, in whichever order the two are kept."""
    its = survey_pair.c
    both = ((its.first == first) & (its.second == second)) | ((its.first == second) & (its.second == first))
    query = select(its.first, its.first_code, its.second_code, its.n, its.weight, its.weight_squares)
    return {
        (row.first_code, row.second_code) if row.first == first else (row.second_code, row.first_code): Sums(*row[3:])
        for row in tx.execute(query.where(its.survey_id == survey_id, both, its.n > 0))
    }


def terms(tx: Transaction, survey_id: UUID) -> dict[str, tuple[Term, ...]]:
    """What at least K responses to a question hold, most frequent first, by question."""
    its = survey_term.c
    place = func.row_number().over(partition_by=its.question, order_by=(its.n.desc(), its.term)).label("place")
    often = select(its.question, its.term, its.n, place).where(its.survey_id == survey_id, its.n >= K).subquery()
    query = select(often).where(often.c.place <= _MOST_TERMS).order_by(often.c.question, often.c.place)
    found: dict[str, tuple[Term, ...]] = {}
    for row in tx.execute(query):
        found[row.question] = (*found.get(row.question, ()), Term(row.term, row.n))
    return found


def folded_at(tx: Transaction, survey_id: UUID) -> datetime | None:
    """When the figures changed last; None before the first response."""
    found: datetime | None = tx.execute(
        select(survey_tally.c.folded_at).where(survey_tally.c.survey_id == survey_id)
    ).scalar()
    return found

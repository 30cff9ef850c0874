"""Every query about criteria and assessments."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.criteria.model import ENOUGH, Assessment, CriteriaSet, Criterion, Evaluator, Score
from engagement.proposals.model import State as ProposalState
from engagement.tables import assessment, criteria_set, evaluator, proposal


def of_process(tx: Transaction, process_id: UUID) -> CriteriaSet:
    """An empty set where there is none yet."""
    row = tx.execute(select(criteria_set).where(criteria_set.c.process_id == process_id)).first()
    if row is None:
        return CriteriaSet(process_id)
    return CriteriaSet(process_id, tuple(Criterion(**each) for each in row.criteria), row.published_at, row.version)


def save(tx: Transaction, changed: CriteriaSet) -> None:
    """Over the version before. Raises Stale."""
    criteria = [asdict(each) for each in changed.criteria]
    row = {"criteria": criteria, "published_at": changed.published_at, "version": changed.version}
    if changed.version == 1:
        tx.execute(insert(criteria_set).values(process_id=changed.process_id, **row))
        return
    its = (criteria_set.c.process_id == changed.process_id) & (criteria_set.c.version == changed.version - 1)
    tx.change_one(update(criteria_set).where(its).values(row))


def add_evaluator(tx: Transaction, added: Evaluator) -> None:
    """Again with another office changes that."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = dialect.insert(evaluator).values(asdict(added))
    tx.execute(row.on_conflict_do_update(index_elements=["process_id", "subject"], set_={"office": added.office}))


def evaluators(tx: Transaction, process_id: UUID, limit: int) -> list[Evaluator]:
    """In the order in which they entered."""
    query = select(evaluator).where(evaluator.c.process_id == process_id).order_by(evaluator.c.at, evaluator.c.subject)
    return [_evaluator(row) for row in tx.execute(query.limit(limit))]


def evaluator_of(tx: Transaction, process_id: UUID, subject: str | None) -> Evaluator | None:
    """None for whoever is none."""
    its = (evaluator.c.process_id == process_id) & (evaluator.c.subject == subject)
    row = tx.execute(select(evaluator).where(its)).first()
    return _evaluator(row) if row else None


def assessments(tx: Transaction, proposal_id: UUID) -> list[Assessment]:
    """All of a proposal, oldest first."""
    query = select(assessment).where(assessment.c.proposal_id == proposal_id)
    return [_assessment(row) for row in tx.execute(query.order_by(assessment.c.at, assessment.c.id))]


def save_assessment(tx: Transaction, given: Assessment) -> None:
    """In the place of the evaluator's one before."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    values = {name: getattr(given, name) for name in ("conflict", "scores", "total", "note", "at")}
    about = {name: getattr(given, name) for name in ("id", "process_id", "proposal_id", "evaluator")}
    row = dialect.insert(assessment).values(**about, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["proposal_id", "evaluator"], set_=values))


def unassessed(tx: Transaction, proposal_ids: Iterable[UUID]) -> int:
    """How many of these have too few assessments without a conflict; one statement however many."""
    wanted = set(proposal_ids)
    enough = (
        select(assessment.c.proposal_id)
        .where(assessment.c.proposal_id.in_(wanted), assessment.c.total.is_not(None))
        .group_by(assessment.c.proposal_id)
        .having(func.count() >= ENOUGH)
    )
    return len(wanted) - len(tx.execute(enough).all())


def scores(tx: Transaction, process_id: UUID, subject: str | None, after: int, limit: int) -> list[Score]:
    """By reference number, those after one; blind to an evaluator who has not assessed. One statement."""
    mine = func.count(case((assessment.c.evaluator == subject, 1)))
    given, total = func.count(assessment.c.total), assessment.c.total
    is_evaluator = evaluator_of(tx, process_id, subject) is not None
    query = (
        select(
            proposal.c.id, proposal.c.number, proposal.c.title, given.label("given"), mine.label("mine"),
            func.avg(total).label("total"), (func.max(total) - func.min(total)).label("spread"),
        )
        .join(assessment, assessment.c.proposal_id == proposal.c.id, isouter=True)
        .where(proposal.c.process_id == process_id, proposal.c.number > after)
        .where(proposal.c.state == ProposalState.PUBLISHED, proposal.c.status != Status.INVALIDATED)
        .group_by(proposal.c.id, proposal.c.number)
        .order_by(proposal.c.number)
        .limit(limit)
    )  # fmt: skip
    return [_score(row, blind=is_evaluator and not row.mine) for row in tx.execute(query)]


def _score(row: Row[Any], *, blind: bool) -> Score:
    if blind or row.given < ENOUGH:
        return Score(row.id, row.number, row.title, row.given, None, None)
    return Score(row.id, row.number, row.title, row.given, round(row.total), row.spread)


def _evaluator(row: Row[Any]) -> Evaluator:
    return Evaluator(row.process_id, row.subject, row.office, row.at)


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(**{column.name: getattr(row, column.name) for column in assessment.columns})

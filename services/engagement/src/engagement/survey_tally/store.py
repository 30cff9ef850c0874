"""Every query about running figures."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import Stale
from engagement.contributions import Status
from engagement.responses.model import State
from engagement.survey_tally.folding import Change
from engagement.survey_tally.model import Given, Said
from engagement.tables import (
    response,
    survey_cell,
    survey_pair,
    survey_tallied,
    survey_tally,
    survey_term,
    survey_untallied,
)

_CELL = ("variable", "code")
_CELL_SUMS = ("n", "weight", "weight_squares", "total", "squares", "weighted_total", "weighted_squares")
_PAIR = ("first", "second", "first_code", "second_code")
_PAIR_SUMS = ("n", "weight", "weight_squares")
_TERM = ("question", "term")
_FIGURES = (survey_cell, survey_pair, survey_term, survey_tallied)


@dataclass(frozen=True, slots=True)
class Batch:
    """Marked responses of one survey: as they are (without those that are gone), and what of them is folded already.
    `version` is that of the figures they are read beside."""

    survey_id: UUID
    version: int
    marks: list[UUID]
    responses: list[Given]
    folded: dict[UUID, Said]


def mark(tx: Transaction, survey_id: UUID, response_id: UUID, news: UUID) -> None:
    """There is news of this response; the latest stands."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    added = dialect.insert(survey_untallied)
    latest = added.on_conflict_do_update(index_elements=["response_id"], set_={"mark": added.excluded.mark})
    tx.execute(latest, {"response_id": response_id, "survey_id": survey_id, "mark": news})


def batch(tx: Transaction, limit: int) -> Batch | None:
    """Marked responses of one survey, four statements however many; None when no news waits."""
    waiting = select(survey_untallied)
    first = tx.execute(waiting.limit(1)).first()
    if first is None:
        return None
    rows = tx.execute(waiting.where(survey_untallied.c.survey_id == first.survey_id).limit(limit)).all()
    ids = [row.response_id for row in rows]
    found = tx.execute(select(response).where(response.c.id.in_(ids)))
    folded = tx.execute(select(survey_tallied).where(survey_tallied.c.response_id.in_(ids)))
    return Batch(
        survey_id=first.survey_id,
        version=version(tx, first.survey_id),
        marks=[row.mark for row in rows],
        responses=[_given(row) for row in found],
        folded={row.response_id: Said(**row.said) for row in folded},
    )


def save(tx: Transaction, of: Batch, change: Change, says: Mapping[UUID, Said], at: datetime) -> None:
    """Fold a batch. Raises Stale when another one was folded or there is newer news since it was read; then nothing is
    changed."""
    _advance(tx, of.survey_id, of.version, at)
    seen = tx.execute(delete(survey_untallied).where(survey_untallied.c.mark.in_(of.marks)))
    if seen.rowcount != len(of.marks):
        raise Stale("A response changed while it was counted.")
    if of.folded:
        tx.execute(delete(survey_tallied).where(survey_tallied.c.response_id.in_(list(of.folded))))
    if says:
        rows = [{"response_id": each, "survey_id": of.survey_id, "said": asdict(said)} for each, said in says.items()]
        tx.execute(insert(survey_tallied), rows)
    _add(tx, survey_cell, of.survey_id, (_CELL, _CELL_SUMS), change.cells.items())
    _add(tx, survey_pair, of.survey_id, (_PAIR, _PAIR_SUMS), change.pairs.items())
    _add(tx, survey_term, of.survey_id, (_TERM, ("n",)), ((term, [n]) for term, n in change.terms.items()))


def ask_recount(tx: Transaction, survey_id: UUID) -> None:
    """Twice is once."""
    _begin(tx, survey_id)
    tx.execute(update(survey_tally).where(survey_tally.c.survey_id == survey_id).values(recount=True))


def recounts(tx: Transaction) -> list[UUID]:
    """Surveys that shall be counted anew."""
    return list(tx.execute(select(survey_tally.c.survey_id).where(survey_tally.c.recount)).scalars())


def forget(tx: Transaction, survey_id: UUID) -> None:
    """Take away all figures of a survey and mark all its responses."""
    begun = {"version": survey_tally.c.version + 1, "recount": False}
    tx.execute(update(survey_tally).where(survey_tally.c.survey_id == survey_id).values(begun))
    for table in _FIGURES:
        tx.execute(delete(table).where(table.c.survey_id == survey_id))
    its = select(response.c.id, response.c.survey_id, response.c.id).where(
        response.c.survey_id == survey_id, response.c.state == State.SUBMITTED
    )
    dialect = sqlite if tx.database.is_sqlite else postgresql
    marked = dialect.insert(survey_untallied).from_select(["response_id", "survey_id", "mark"], its)
    tx.execute(marked.on_conflict_do_nothing(index_elements=["response_id"]))


def waiting(tx: Transaction, survey_id: UUID) -> int:
    """Responses with news that the figures do not hold yet."""
    its = select(func.count()).where(survey_untallied.c.survey_id == survey_id)
    return int(tx.execute(its).scalar_one())


def version(tx: Transaction, survey_id: UUID) -> int:
    """How many batches the figures were folded from; 0 before the first."""
    return tx.execute(select(survey_tally.c.version).where(survey_tally.c.survey_id == survey_id)).scalar() or 0


def _advance(tx: Transaction, survey_id: UUID, before: int, at: datetime) -> None:
    _begin(tx, survey_id)
    its = (survey_tally.c.survey_id == survey_id) & (survey_tally.c.version == before)
    tx.change_one(update(survey_tally).where(its).values(version=before + 1, folded_at=at))


def _begin(tx: Transaction, survey_id: UUID) -> None:
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(survey_tally).on_conflict_do_nothing(index_elements=["survey_id"])
    tx.execute(once, {"survey_id": survey_id, "version": 0, "recount": False})


def _add(
    tx: Transaction,
    table: Table,
    survey_id: UUID,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    changes: Iterable[tuple[tuple[str, ...], list[Any]]],  # Any: a count is whole, a sum of weights is not
) -> None:
    """Add to sums by key; a key that is new begins at zero."""
    key, sums = names
    rows = [
        {"survey_id": survey_id} | dict(zip((*key, *sums), (*its, *by), strict=True)) for its, by in changes if any(by)
    ]
    if not rows:
        return
    dialect = sqlite if tx.database.is_sqlite else postgresql
    added = dialect.insert(table)
    more = {name: table.c[name] + added.excluded[name] for name in sums}
    tx.execute(added.on_conflict_do_update(index_elements=["survey_id", *key], set_=more), rows)


def _given(row: Any) -> Given:  # Any: a row, whose columns SQLAlchemy does not type
    return Given(
        id=row.id,
        counts=row.state == State.SUBMITTED and row.status == Status.COUNTED,
        answers=row.answers,
        channel=row.channel,
        ladder_step=row.ladder_step,
        weight=row.weight,
        profile=row.profile or {},
        language=row.language,
    )

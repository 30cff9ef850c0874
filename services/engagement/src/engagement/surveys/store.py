"""Every query about surveys, their revisions, quotas and pictures."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.surveys.model import Definition, Settings, State, Survey
from engagement.surveys.pictures import Picture
from engagement.tables import survey, survey_picture, survey_quota, survey_revision

_SURVEY = select(survey)
_PLACE = tuple_(survey.c.created_at, survey.c.id)
_INSERT = insert(survey)
_INSERT_REVISION = insert(survey_revision)
_INSERT_QUOTA = insert(survey_quota)
_INSERT_PICTURE = insert(survey_picture)


def find(tx: Transaction, survey_id: UUID) -> Survey:
    """Raises NotFound."""
    row = tx.execute(_SURVEY.where(survey.c.id == survey_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such survey.")
    return _survey(row)


def page(
    tx: Transaction, process_id: UUID, states: Sequence[State], after: tuple[datetime, UUID] | None, limit: int
) -> list[Survey]:
    """Oldest first."""
    query = _SURVEY.where(survey.c.process_id == process_id, survey.c.state.in_(states))
    if after is not None:
        query = query.where(after < _PLACE)
    query = query.order_by(survey.c.created_at, survey.c.id).limit(limit)
    return [_survey(row) for row in tx.execute(query).mappings()]


def is_asked(tx: Transaction, process_id: UUID) -> bool:
    """Whether the process has a survey that people can answer."""
    its = (survey.c.process_id == process_id) & (survey.c.state == State.PUBLISHED)
    return tx.execute(select(survey.c.id).where(its).limit(1)).first() is not None


def add(tx: Transaction, added: Survey) -> None:
    """A new draft."""
    tx.execute(_INSERT, _row(added))


def save(tx: Transaction, changed: Survey) -> None:
    """Over the version before. Raises Stale."""
    before = (survey.c.id == changed.id) & (survey.c.version == changed.version - 1)
    tx.change_one(update(survey).where(before).values(_row(changed)))


def keep_revision(tx: Transaction, of: Survey, at: datetime) -> None:
    """What people are asked from now on; kept for ever."""
    row = {"survey_id": of.id, "number": of.revision, "definition": of.definition, "at": at}
    tx.execute(_INSERT_REVISION, row)


def revision(tx: Transaction, survey_id: UUID, number: int) -> Definition:
    """What people were asked then. Raises NotFound."""
    its = (survey_revision.c.survey_id == survey_id) & (survey_revision.c.number == number)
    found: Definition | None = tx.execute(select(survey_revision.c.definition).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such revision.")
    return found


def open_quotas(tx: Transaction, survey_id: UUID, quotas: Sequence[str]) -> None:
    """Begin to count for a survey that is published."""
    if quotas:
        tx.execute(_INSERT_QUOTA, [{"survey_id": survey_id, "quota": each, "taken": 0} for each in quotas])


def quotas_taken(tx: Transaction, survey_id: UUID) -> dict[str, int]:
    """Counted responses by quota."""
    query = select(survey_quota.c.quota, survey_quota.c.taken).where(survey_quota.c.survey_id == survey_id)
    return {row.quota: row.taken for row in tx.execute(query)}


def take_place(tx: Transaction, survey_id: UUID, quota: str, limit: int | None) -> bool:
    """Count one more; False when the quota is full (None: it never refuses). Responses of one quota wait here."""
    its = (
        _its_quota(survey_id, quota) if limit is None else _its_quota(survey_id, quota) & (survey_quota.c.taken < limit)
    )
    return tx.execute(update(survey_quota).where(its).values(taken=survey_quota.c.taken + 1)).rowcount == 1


def add_to_quota(tx: Transaction, survey_id: UUID, quota: str, by: int) -> None:
    """Count so many more, or fewer, whatever the limit."""
    its = _its_quota(survey_id, quota)
    tx.execute(update(survey_quota).where(its).values(taken=survey_quota.c.taken + by))


def add_picture(tx: Transaction, survey_id: UUID, added: Picture, at: datetime) -> None:
    """A picture never changes; another one has another id."""
    row = {"id": added.id, "survey_id": survey_id, "media_type": added.media_type, "content": added.content, "at": at}
    tx.execute(_INSERT_PICTURE, row)


def picture(tx: Transaction, survey_id: UUID, picture_id: UUID) -> Picture:
    """Raises NotFound."""
    its = (survey_picture.c.id == picture_id) & (survey_picture.c.survey_id == survey_id)
    row = tx.execute(select(survey_picture).where(its)).first()
    if row is None:
        raise NotFound("There is no such picture.")
    return Picture(row.id, row.media_type, row.content)


def _its_quota(survey_id: UUID, quota: str) -> Any:  # Any: SQLAlchemy's condition
    return (survey_quota.c.survey_id == survey_id) & (survey_quota.c.quota == quota)


def _row(of: Survey) -> dict[str, Any]:
    return {column.name: getattr(of, column.name) for column in survey.columns} | {"settings": asdict(of.settings)}


def _survey(row: RowMapping) -> Survey:
    states = {"state": State(row["state"]), "settings": Settings(**row["settings"])}
    return Survey(**dict(row) | states)

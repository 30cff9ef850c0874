"""Every query about amendments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, tuple_, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.amendments.model import Amendment, State
from engagement.contributions import Channel, Status
from engagement.tables import amendment

_AMENDMENT = select(amendment)
LEDGER = select(
    *(amendment.c[name] for name in ("id", "process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    *(amendment.c[name] for name in ("status", "at")),
)
TEXT = select(amendment.c.id, amendment.c.rationale.label("text"))
WORDS = select(*(amendment.c[name] for name in ("id", "title", "summary", "body", "rationale")))


def in_sight(tx: Transaction, amendment_id: UUID) -> UUID:
    """The process of an amendment that everybody sees. Raises NotFound."""
    its = (amendment.c.id == amendment_id) & (amendment.c.status != Status.HIDDEN)
    found: UUID | None = tx.execute(select(amendment.c.process_id).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such amendment.")
    return found


def find(tx: Transaction, amendment_id: UUID) -> Amendment:
    """Raises NotFound."""
    row = tx.execute(_AMENDMENT.where(amendment.c.id == amendment_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such amendment.")
    return _made(row)


def waiting(tx: Transaction, proposal_id: UUID) -> int:
    """How many wait for the authors."""
    its = (amendment.c.proposal_id == proposal_id) & (amendment.c.state == State.EVALUATING)
    query = select(func.count()).where(its, amendment.c.status == Status.COUNTED)
    return int(tx.execute(query).scalar_one())


def page(
    tx: Transaction, proposal_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, hidden: bool
) -> list[Amendment]:
    """Newest first; with `hidden`, also what a moderator hid."""
    query = _AMENDMENT.where(amendment.c.proposal_id == proposal_id)
    query = query if hidden else query.where(amendment.c.status != Status.HIDDEN)
    query = query.where(tuple_(amendment.c.at, amendment.c.id) < after) if after else query
    rows = tx.execute(query.order_by(amendment.c.at.desc(), amendment.c.id.desc()).limit(limit)).mappings()
    return [_made(row) for row in rows]


def add(tx: Transaction, added: Amendment) -> None:
    """A new one."""
    tx.execute(insert(amendment), _row(added))


def save(tx: Transaction, changed: Amendment) -> None:
    """Over the version before. Raises Stale."""
    before = (amendment.c.id == changed.id) & (amendment.c.version == changed.version - 1)
    tx.change_one(update(amendment).where(before).values(_row(changed)))


def erase(tx: Transaction, amendment_id: UUID) -> None:
    """A dash in the place of each word."""
    of = find(tx, amendment_id)
    texts = {name: getattr(of, name) for name in ("title", "summary", "body", "rationale")}
    dashes = {name: dict.fromkeys(text, "\N{EN DASH}") if text else text for name, text in texts.items()}
    tx.execute(update(amendment).where(amendment.c.id == amendment_id).values(dashes))


def _row(of: Amendment) -> dict[str, Any]:
    return {column.name: getattr(of, column.name) for column in amendment.columns}


def _made(row: RowMapping) -> Amendment:
    states = {"channel": Channel(row["channel"]), "status": Status(row["status"]), "state": State(row["state"])}
    return Amendment(**dict(row) | states)

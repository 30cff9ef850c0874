"""Every query about responses."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, RowMapping, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import Stale
from engagement.contributions import Channel, Status
from engagement.responses.model import Response, State
from engagement.tables import response

_RESPONSE = select(response)
_INSERT = insert(response)
_KEY = ["survey_id", "actor_key"]
_KEPT = frozenset({"id", "survey_id", "actor_key", "started_at", "version"})  # of a row whose response is sent again
LEDGER = select(
    response.c.contribution_id.label("id"),
    *(response.c[name] for name in ("process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    *(response.c[name] for name in ("status", "at")),
).where(response.c.state == State.SUBMITTED)
SAID = select(response.c.contribution_id.label("id"), response.c.answers.label("said"))


def _once(row: sqlite.Insert | postgresql.Insert) -> Executable:
    """One response an actor: what was begun or withdrawn is taken over, what counts stays."""
    columns = [column.name for column in response.columns if column.name not in _KEPT]
    taken = {name: row.excluded[name] for name in columns} | {"version": response.c.version + 1}
    replaceable = or_(response.c.state == State.STARTED, response.c.status == Status.WITHDRAWN)
    once = row.on_conflict_do_update(index_elements=_KEY, set_=taken, where=replaceable)
    return once.returning(response.c.id)


_ONCE_SQLITE, _ONCE_POSTGRESQL = _once(sqlite.insert(response)), _once(postgresql.insert(response))


def of_id(tx: Transaction, response_id: UUID) -> Response | None:
    """None when there is none."""
    row = tx.execute(_RESPONSE.where(response.c.id == response_id)).mappings().first()
    return _response(row) if row else None


def of_contribution(tx: Transaction, contribution_id: UUID) -> Response | None:
    """By its name in the process log; None when there is none."""
    row = tx.execute(_RESPONSE.where(response.c.contribution_id == contribution_id)).mappings().first()
    return _response(row) if row else None


def of_actor(tx: Transaction, survey_id: UUID, actor_key: str) -> Response | None:
    """None when she has none."""
    its = (response.c.survey_id == survey_id) & (response.c.actor_key == actor_key)
    row = tx.execute(_RESPONSE.where(its)).mappings().first()
    return _response(row) if row else None


def begin(tx: Transaction, added: Response) -> bool:
    """False when the actor has one already: the unique index has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(response).on_conflict_do_nothing(index_elements=_KEY)
    return tx.execute(once.returning(response.c.id), _row(added)).first() is not None


def submit(tx: Transaction, sent: Response) -> UUID | None:
    """The id under which it counts, which is an older one where she had begun before; None when the actor has one that
    counts already: the unique index has the last word."""
    once = _ONCE_SQLITE if tx.database.is_sqlite else _ONCE_POSTGRESQL
    found: UUID | None = tx.execute(once, _row(sent)).scalar()
    return found


def save(tx: Transaction, changed: Response) -> None:
    """Over the version before. Raises Stale."""
    before = (response.c.id == changed.id) & (response.c.version == changed.version - 1)
    tx.change_one(update(response).where(before).values(_row(changed)))


def known_keys(tx: Transaction, survey_id: UUID, actor_keys: Iterable[str]) -> set[str]:
    """Which of these actors have a response, in one statement."""
    its = (response.c.survey_id == survey_id) & response.c.actor_key.in_(list(actor_keys))
    return set(tx.execute(select(response.c.actor_key).where(its)).scalars())


def add_all(tx: Transaction, added: Iterable[Response]) -> None:
    """In one statement. Raises Stale when one of their actors has a response: the unique index has the last word."""
    rows = [_row(each) for each in added]
    if not rows:
        return
    try:
        with tx.savepoint():
            tx.execute(_INSERT, rows)
    except IntegrityError:
        raise Stale("Someone else entered some of these at the same time; send them again.") from None


def _row(of: Response) -> dict[str, Any]:
    return {column.name: getattr(of, column.name) for column in response.columns}


def _response(row: RowMapping) -> Response:
    states = {
        "channel": Channel(row["channel"]),
        "status": Status(row["status"]),
        "state": State(row["state"]),
    }
    return Response(**dict(row) | states)

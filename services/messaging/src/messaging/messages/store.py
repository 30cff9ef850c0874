"""Every query about requests and messages. Letters are sealed; the row of a settled message has no content."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import RowMapping, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.columns import Instant
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer, Unsealable
from messaging.messages.model import LIFETIME, OPEN, Letter, Message, Notice, Priority, Request, Status
from messaging.tables import message, request
from messaging.templates.model import Item

_PLACE = "message.letter"
_WAITING = (Status.SCHEDULED, Status.DEFERRED)
_REQUEST = select(request.c.id, request.c.application, request.c.mhash, request.c.messages, request.c.accepted_at)
_STATUS = select(message.c.status, func.count().label("count")).group_by(message.c.status)


def same_request(tx: Transaction, mhash: str, since: datetime) -> Request | None:
    """The youngest request of this digest after an instant; None when there is none."""
    its = (request.c.mhash == mhash) & (request.c.accepted_at > since)
    row = tx.execute(_REQUEST.where(its).order_by(request.c.accepted_at.desc()).limit(1)).mappings().first()
    return Request(**row) if row else None


def find_request(tx: Transaction, request_id: UUID, application: str) -> Request:
    """Raises NotFound, also for another application's."""
    its = (request.c.id == request_id) & (request.c.application == application)
    row = tx.execute(_REQUEST.where(its)).mappings().first()
    if row is None:
        raise NotFound("There is no such request.")
    return Request(**row)


def add_request(tx: Transaction, added: Request) -> bool:
    """Whether it is new; the unique fingerprint has the last word between two that come at once."""
    row = asdict(added) | {"fingerprint": added.fingerprint}
    new = _dialect(tx).insert(request).on_conflict_do_nothing().returning(request.c.id)
    return tx.execute(new, row).first() is not None


def handed_in(tx: Transaction, application: str, since: datetime) -> int:
    """Messages that the application handed in after an instant."""
    its = (request.c.application == application) & (request.c.accepted_at > since)
    return int(tx.execute(select(func.coalesce(func.sum(request.c.messages), 0)).where(its)).scalar_one())


def add(tx: Transaction, added: Sequence[Message], sealer: Sealer) -> None:
    """Messages of a request, in their order."""
    rows = [_row(each) | {"letter": _sealed(each.content, sealer)} for each in added]
    tx.execute(insert(message), rows)


def add_once(tx: Transaction, added: Message) -> bool:
    """Add a notice; whether it is new: `once` and (event, recipient, template) are each of one message only."""
    row = _row(added) | {"notice": asdict(added.content) if isinstance(added.content, Notice) else None}
    new = _dialect(tx).insert(message).on_conflict_do_nothing().returning(message.c.id)
    return tx.execute(new, row).first() is not None


def claim(tx: Transaction, limit: int, at: datetime, sealer: Sealer) -> list[Message]:
    """Take what is due for an attempt, emergencies first, then in the order of acceptance. No two claims meet."""
    due = message.c.status.in_(_WAITING) & (message.c.due_at <= at)
    first = select(message.c.seq).where(due).order_by(message.c.priority, message.c.seq).limit(limit)
    chosen = first.with_for_update(skip_locked=True).cte("chosen")  # looked up once; a subquery may be run once a row
    taken = update(message).where(message.c.seq.in_(select(chosen.c.seq)))
    ends_at = func.coalesce(message.c.expires_at, literal(at + LIFETIME, Instant))
    values = {"status": Status.PROCESSING, "attempts": message.c.attempts + 1, "expires_at": ends_at}
    rows = tx.execute(taken.values(values).returning(*message.c)).mappings().all()
    return [_message(row, sealer) for row in sorted(rows, key=lambda row: (row["priority"], row["seq"]))]


def release(tx: Transaction) -> int:
    """Let everything that is claimed wait again; how many. For a worker that starts after one that died."""
    claimed = update(message).where(message.c.status == Status.PROCESSING)
    return tx.execute(claimed.values(status=Status.SCHEDULED)).rowcount


def save(tx: Transaction, changed: Message) -> bool:
    """The message after the attempt that it was claimed for; False when it is not claimed (any more)."""
    its = (message.c.id == changed.id) & (message.c.status == Status.PROCESSING)
    attempt = its & (message.c.attempts == changed.attempts)
    values: dict[str, Any] = {
        "status": changed.status,
        "reason": changed.reason,
        "due_at": changed.due_at,
        "settled_at": changed.settled_at,
    }
    if changed.content is None:
        values |= {"letter": None, "notice": None}
    return tx.execute(update(message).where(attempt).values(values)).rowcount == 1


def find(tx: Transaction, message_id: UUID, sealer: Sealer) -> Message:
    """Raises NotFound."""
    row = tx.execute(select(message).where(message.c.id == message_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such message.")
    return _message(row, sealer)


def counts_of_request(tx: Transaction, request_id: UUID) -> dict[Status, int]:
    """How many of the request's messages stand where; a status that has none is left out."""
    return _counted(tx.execute(_STATUS.where(message.c.request_id == request_id)).mappings())


def queue(tx: Transaction) -> dict[Status, int]:
    """Messages that are not settled, by status; zeros for those that have none."""
    return dict.fromkeys(OPEN, 0) | _counted(tx.execute(_STATUS.where(message.c.status.in_(OPEN))).mappings())


def counts_about(tx: Transaction, about: UUID) -> list[tuple[str, Status, int]]:
    """`(template, status, count)` of the notices about a thing, sorted."""
    query = (
        select(message.c.template, message.c.status, func.count().label("count"))
        .where(message.c.about == about)
        .group_by(message.c.template, message.c.status)
        .order_by(message.c.template, message.c.status)
    )
    return [(row["template"], Status(row["status"]), row["count"]) for row in tx.execute(query).mappings()]


def _counted(rows: Any) -> dict[Status, int]:  # Any: a result of rows with status and count
    return {Status(row["status"]): row["count"] for row in rows}


def _row(of: Message) -> dict[str, Any]:
    return {
        "id": of.id,
        "request_id": of.request_id,
        "event_id": of.event_id,
        "once": of.once,
        "template": of.template,
        "about": of.about,
        "recipient": of.recipient,
        "language": of.language,
        "priority": of.priority,
        "status": of.status,
        "reason": of.reason,
        "attempts": of.attempts,
        "accepted_at": of.accepted_at,
        "due_at": of.due_at,
        "expires_at": of.expires_at,
        "settled_at": of.settled_at,
    }


def _message(row: RowMapping, sealer: Sealer) -> Message:
    values = {name: value for name, value in row.items() if name not in ("seq", "letter", "notice")}
    values |= {"priority": Priority(row["priority"]), "status": Status(row["status"])}
    return Message(**values, content=_content(row, sealer))


def _content(row: RowMapping, sealer: Sealer) -> Letter | Notice | None:
    if row["notice"] is not None:
        return Notice(row["notice"]["path"], tuple(Item(**each) for each in row["notice"]["items"]))
    if row["letter"] is None:
        return None
    try:
        content = orjson.loads(sealer.open(row["letter"], _PLACE))
    except Unsealable:  # the key was changed: one such letter must not hold up the others
        return None
    return Letter(**content | {name: tuple(content[name]) for name in ("copies", "hidden_copies")})


def _sealed(content: Letter | Notice | None, sealer: Sealer) -> bytes | None:
    return sealer.seal(orjson.dumps(content).decode(), _PLACE) if isinstance(content, Letter) else None


def _dialect(tx: Transaction) -> Any:  # Any: the two modules share what is used of them
    return sqlite if tx.database.is_sqlite else postgresql

"""Every query about caught mails."""

from base64 import b64decode, b64encode
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer, Unsealable
from messaging.catcher.model import Caught
from messaging.tables import caught

_PLACE = "caught.mail"


def add(tx: Transaction, added: Caught, sealer: Sealer) -> bool:
    """Whether it is new; a second copy of a Message-ID is dropped."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": added.id,
        "message_id": added.message_id,
        "template": added.template,
        "recipient": added.recipient,
        "mail": sealer.seal(b64encode(added.mail).decode(), _PLACE),
        "at": added.at,
    }
    new = dialect.insert(caught).on_conflict_do_nothing().returning(caught.c.id)
    return tx.execute(new, row).first() is not None


def find(tx: Transaction, caught_id: UUID, sealer: Sealer) -> Caught:
    """Raises NotFound."""
    row = tx.execute(select(caught).where(caught.c.id == caught_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such mail.")
    return _caught(row, sealer)


def page(
    tx: Transaction, template: str | None, after: tuple[datetime, UUID] | None, limit: int, sealer: Sealer
) -> list[Caught]:
    """Newest first; of one template, or of all."""
    query = select(caught).order_by(caught.c.at.desc(), caught.c.id.desc()).limit(limit)
    if template is not None:
        query = query.where(caught.c.template == template)
    if after is not None:
        query = query.where(tuple_(caught.c.at, caught.c.id) < after)
    return [_caught(row, sealer) for row in tx.execute(query).mappings()]


def count(tx: Transaction, template: str | None) -> int:
    """How many there are; of one template, or of all."""
    query = select(func.count()).select_from(caught)
    if template is not None:
        query = query.where(caught.c.template == template)
    return int(tx.execute(query).scalar_one())


def _caught(row: RowMapping, sealer: Sealer) -> Caught:
    return Caught(**dict(row) | {"mail": _opened(row["mail"], sealer)})


def _opened(sealed: bytes, sealer: Sealer) -> bytes:
    """Empty when the key was changed."""
    try:
        return b64decode(sealer.open(sealed, _PLACE))
    except Unsealable:
        return b""

"""Every query about files of pictures."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.pictures.model import Encoded
from engagement.tables import picture_file


def add(tx: Transaction, proposal_id: UUID, picture_id: UUID, of: Encoded, at: datetime) -> None:
    """All files of one picture."""
    rows = [
        {"picture_id": picture_id, "name": name, "proposal_id": proposal_id, "content": content, "at": at}
        for name, content in of.files.items()
    ]
    tx.execute(insert(picture_file), rows)


def remove(tx: Transaction, picture_id: UUID) -> None:
    """All files of one picture."""
    tx.execute(delete(picture_file).where(picture_file.c.picture_id == picture_id))


def proposal_of(tx: Transaction, picture_id: UUID) -> UUID:
    """The proposal that shows it. Raises NotFound."""
    query = select(picture_file.c.proposal_id).where(picture_file.c.picture_id == picture_id).limit(1)
    found: UUID | None = tx.execute(query).scalar()
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def find_file(tx: Transaction, picture_id: UUID, name: str) -> bytes:
    """Raises NotFound."""
    its = (picture_file.c.picture_id == picture_id) & (picture_file.c.name == name)
    found: bytes | None = tx.execute(select(picture_file.c.content).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such picture.")
    return bytes(found)

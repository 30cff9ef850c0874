"""Every query about participants. Display names are sealed at rest."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.participants.model import Participant, State
from engagement.tables import participant

_PLACE = "participant.display_name"
_INSERT = insert(participant)
_FIND = select(participant)


def of_subject(tx: Transaction, process_id: UUID, subject: str | None, sealer: Sealer) -> Participant | None:
    """The person's participation in the process; None when she has none."""
    if subject is None:
        return None
    its = (participant.c.process_id == process_id) & (participant.c.subject == subject)
    row = tx.execute(_FIND.where(its)).mappings().first()
    return _participant(row, sealer) if row else None


def of_id(tx: Transaction, participant_id: UUID, sealer: Sealer) -> Participant | None:
    """None when nobody has this id."""
    row = tx.execute(_FIND.where(participant.c.id == participant_id)).mappings().first()
    return _participant(row, sealer) if row else None


def find(tx: Transaction, participant_id: UUID, sealer: Sealer) -> Participant:
    """Raises NotFound."""
    found = of_id(tx, participant_id, sealer)
    if found is None:
        raise NotFound("There is no such participant.")
    return found


def names(tx: Transaction, participant_ids: Iterable[UUID], sealer: Sealer) -> dict[UUID, str | None]:
    """Display names of a page's authors in one statement; None where a name was shredded."""
    wanted = set(participant_ids)
    if not wanted:
        return {}
    query = select(participant.c.id, participant.c.display_name).where(participant.c.id.in_(wanted))
    return {row.id: _opened(row.display_name, sealer) for row in tx.execute(query)}


def recipients(tx: Transaction, participant_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Where these people's notices go, in one statement; who has no address, or is None, is not in it."""
    wanted = {each for each in participant_ids if each is not None}
    if not wanted:
        return {}
    its = participant.c.id.in_(wanted) & participant.c.recipient.is_not(None)
    query = select(participant.c.id, participant.c.recipient).where(its)
    return {row.id: row.recipient for row in tx.execute(query)}


def add(tx: Transaction, added: Participant, sealer: Sealer) -> None:
    """One participation a person and process: the unique index has the last word."""
    tx.execute(
        _INSERT,
        {
            "id": added.id,
            "process_id": added.process_id,
            "subject": added.subject,
            "display_name": sealer.seal(added.display_name, _PLACE),
            "language": added.language,
            "state": added.state,
            "joined_at": added.joined_at,
        },
    )


def note(tx: Transaction, participant_id: UUID, **values: Any) -> None:
    """What consent or the registry answered: `consent_record_id`, `recipient`, `state`."""
    tx.change_one(update(participant).where(participant.c.id == participant_id).values(values))


def _participant(row: RowMapping, sealer: Sealer) -> Participant:
    name = _opened(row["display_name"], sealer) or ""
    return Participant(**dict(row) | {"display_name": name, "state": State(row["state"])})


def _opened(sealed: bytes | None, sealer: Sealer) -> str | None:
    return sealer.open(sealed, _PLACE) if sealed is not None else None

"""Every query about participants. Display names are sealed at rest."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.participants.model import Participant, State
from engagement.tables import participant

_PLACE = "participant.display_name"
_FIND = select(participant)
ME = participant.alias("me")  # the caller's participation, joined to what she looks at
MINE = [column.label(f"me_{column.name}") for column in ME.columns]


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


def mine(row: RowMapping, sealer: Sealer) -> Participant | None:
    """The caller's participation in a row that holds MINE; None when she has none."""
    values = {column.name: row[f"me_{column.name}"] for column in ME.columns}
    return _participant(values, sealer) if values["id"] else None


def opened(display_name: bytes | None, sealer: Sealer) -> str | None:
    """A display name to show; None where it was shredded."""
    return sealer.open(display_name, _PLACE) if display_name is not None else None


def names(tx: Transaction, participant_ids: Iterable[UUID], sealer: Sealer) -> dict[UUID, str | None]:
    """Display names of a page's authors in one statement; None where a name was shredded."""
    wanted = set(participant_ids)
    if not wanted:
        return {}
    query = select(participant.c.id, participant.c.display_name).where(participant.c.id.in_(wanted))
    return {row.id: opened(row.display_name, sealer) for row in tx.execute(query)}


def recipients(tx: Transaction, participant_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Where these people's notices go, in one statement; who has no address, or is None, is not in it."""
    wanted = {each for each in participant_ids if each is not None}
    if not wanted:
        return {}
    its = participant.c.id.in_(wanted) & participant.c.recipient.is_not(None)
    query = select(participant.c.id, participant.c.recipient).where(its)
    return {row.id: row.recipient for row in tx.execute(query)}


def add(tx: Transaction, added: Participant, sealer: Sealer) -> bool:
    """False when the person takes part in the process already: the unique index has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": added.id,
        "process_id": added.process_id,
        "subject": added.subject,
        "display_name": sealer.seal(added.display_name, _PLACE),
        "language": added.language,
        "state": added.state,
        "joined_at": added.joined_at,
    }
    once = dialect.insert(participant).on_conflict_do_nothing(index_elements=["process_id", "subject"])
    return tx.execute(once.returning(participant.c.id), row).first() is not None


def note(tx: Transaction, participant_id: UUID, **values: Any) -> None:
    """What consent or the registry answered: `consent_record_id`, `recipient`, `state`."""
    tx.change_one(update(participant).where(participant.c.id == participant_id).values(values))


def _participant(row: Mapping[Any, Any], sealer: Sealer) -> Participant:  # Any: keys of a row are names or columns
    name = opened(row["display_name"], sealer) or ""
    return Participant(**dict(row) | {"display_name": name, "state": State(row["state"])})

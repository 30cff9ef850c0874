"""Every query about participants. Display names are sealed at rest."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, tuple_, update
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
    """False when the person, or the address that she proved, takes part in the process already: the unique indexes have
    the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": added.id,
        "process_id": added.process_id,
        "subject": added.subject,
        "display_name": sealer.seal(added.display_name, _PLACE) if added.display_name else None,
        "language": added.language,
        "state": added.state,
        "ladder_step": int(added.ladder_step),
        "address_digest": added.address_digest,
        "joined_at": added.joined_at,
    }
    once = dialect.insert(participant).on_conflict_do_nothing()
    return tx.execute(once.returning(participant.c.id), row).first() is not None


def of_address(tx: Transaction, process_id: UUID, address_digest: str, sealer: Sealer) -> Participant | None:
    """Who proved this address in the process; None when nobody has."""
    its = (participant.c.process_id == process_id) & (participant.c.address_digest == address_digest)
    row = tx.execute(_FIND.where(its)).mappings().first()
    return _participant(row, sealer) if row else None


def of_consent(tx: Transaction, consent_record_id: str) -> list[Participant]:
    """Participations that stand on one consent record, without their names."""
    its = (participant.c.consent_record_id == consent_record_id) & (participant.c.state != State.WITHDRAWN)
    rows = tx.execute(_FIND.where(its).order_by(participant.c.id)).mappings()
    return [Participant(**dict(row) | {"display_name": "", "state": State(row["state"])}) for row in rows]


def page_of_subject(
    tx: Transaction, subject: str, after: tuple[datetime, UUID] | None, limit: int, sealer: Sealer
) -> list[Participant]:
    """The person's participations, newest first."""
    query = _FIND.where(participant.c.subject == subject)
    if after is not None:
        query = query.where(tuple_(participant.c.joined_at, participant.c.id) < after)
    query = query.order_by(participant.c.joined_at.desc(), participant.c.id.desc()).limit(limit)
    return [_participant(row, sealer) for row in tx.execute(query).mappings()]


def cut(tx: Transaction, participant_id: UUID, at: datetime) -> None:
    """Nothing leads from here to the person any more: not her subject, name, language, address or consent."""
    nobody = f"gone:{participant_id}"
    gone = dict.fromkeys(("display_name", "language", "recipient", "consent_record_id", "address_digest"))
    values: dict[str, Any] = {"subject": nobody, "state": State.WITHDRAWN, "withdrawn_at": at, **gone}
    tx.change_one(update(participant).where(participant.c.id == participant_id).values(values))


def note(tx: Transaction, participant_id: UUID, **values: Any) -> None:
    """What consent or the registry answered (`consent_record_id`, `recipient`, `state`); a new browser (`subject`)."""
    tx.change_one(update(participant).where(participant.c.id == participant_id).values(values))


def _participant(row: Mapping[Any, Any], sealer: Sealer) -> Participant:  # Any: keys of a row are names or columns
    name = opened(row["display_name"], sealer) or ""
    return Participant(**dict(row) | {"display_name": name, "state": State(row["state"])})

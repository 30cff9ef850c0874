"""Every query of the filters."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.cases.model import Subject
from engagement.contributions import Channel
from engagement.processes import tools
from engagement.screening.model import ALIKE, Said
from engagement.tables import participant, proposal, sketch

_ALIKE_COUNTED = 100


def said(tx: Transaction, subject: Subject) -> Said | None:
    """None when there is no such contribution in the public's sight, or when it was brought from another system, where
    it was moderated."""
    ledger = tools.taken(subject.kind).ledger
    its = ledger.where(ledger.selected_columns.id == subject.id).subquery()
    try:
        tools.moderated(subject.kind).in_sight(tx, subject.id)
    except NotFound:
        return None
    joined = its.join(participant, participant.c.id == its.c.participant_id, isouter=True)
    query = select(its.c.process_id, its.c.at, participant.c.joined_at).select_from(joined)
    row = tx.execute(query.where(its.c.channel != Channel.IMPORT)).first()
    if row is None:
        return None
    text = tools.moderated(subject.kind).text
    first = tx.execute(text.where(text.selected_columns.id == subject.id)).one().text
    return Said(row.process_id, (first, *_more(tx, subject)), row.at, row.joined_at)


def alike(tx: Transaction, process_id: UUID, subject: Subject, hashes: frozenset[int]) -> int:
    """How many other texts of the process share most hashes with these, at most 100."""
    shared = (
        select(sketch.c.contribution_id)
        .where(sketch.c.process_id == process_id, sketch.c.hash.in_(hashes), sketch.c.contribution_id != subject.id)
        .group_by(sketch.c.contribution_id)
        .having(func.count() >= min(ALIKE, len(hashes)))
        .limit(_ALIKE_COUNTED)
    )
    return int(tx.execute(select(func.count()).select_from(shared.subquery())).scalar_one()) if hashes else 0


def add_sketch(tx: Transaction, process_id: UUID, subject: Subject, hashes: frozenset[int]) -> None:
    """A second time nothing changes."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(sketch).on_conflict_do_nothing(index_elements=["contribution_id", "hash"])
    about = {"contribution_id": subject.id, "kind": subject.kind, "process_id": process_id}
    if hashes:
        tx.execute(once, [about | {"hash": each} for each in sorted(hashes)])


def _more(tx: Transaction, subject: Subject) -> list[dict[str, str]]:
    """What moderators' short text of a proposal leaves out."""
    if subject.kind != "proposal":
        return []
    row = tx.execute(select(proposal.c.summary, proposal.c.body).where(proposal.c.id == subject.id)).first()
    return [text for text in row or () if text]

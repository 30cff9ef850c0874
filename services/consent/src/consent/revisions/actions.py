"""The one story of a revision: it is written, signed and entered in the journal together."""

from datetime import datetime

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.actors import Actor
from consent.journal import store as journal
from consent.journal.model import Row
from consent.keys import store as keys
from consent.revisions import model, store
from consent.revisions.model import Author, Content, Kind, Revision


def append(
    tx: Transaction,
    kind: Kind,
    object_id: str,
    content: Content,
    *,
    after: Revision | None,
    action: str,
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> Revision:
    """The object's next revision. The caller has locked the object, so that one revision follows another."""
    unsigned = model.revised(kind, object_id, content, after, _author(kind, by), at)
    added = unsigned.signed_by(keys.current(tx, sealer, at))
    store.append(tx, added)
    row = Row(
        action=action,
        schema_name=kind,
        object_id=object_id,
        revision_id=added.id,
        revision_hash=added.hash,
        by=by.subject,
        roles=sorted(by.roles),
        application=by.application,
        at=at,
    )
    journal.append(tx, row, sealer)
    return added


def _author(kind: Kind, by: Actor) -> Author:
    if kind is Kind.RECORD:
        return Author(individual=by.subject, other=by.application if by.acting_for else None)
    return Author(individual=None, other=by.subject or by.application)

"""The stories of a consent record: given, withdrawn, given again, asked about."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.actors import Actor
from consent.agreements import store as agreements
from consent.agreements.model import AgreementNotActive
from consent.keys import store as keys
from consent.records import events, store
from consent.records.model import NotTheCurrentRevision, Record
from consent.revisions import actions as revisions
from consent.revisions import model
from consent.revisions import store as history
from consent.revisions.model import Kind, Revision


def give(
    tx: Transaction,
    agreement_id: str,
    revision_id: UUID | None,
    *,
    individual: str,
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> tuple[Record, Revision]:
    """The person's record for the agreement as it stands; the one that exists if there is one, with nothing new.

    Raises NotFound, NotTheCurrentRevision when another revision was shown, AgreementNotActive.
    """
    agreement = agreements.locked(tx, agreement_id)
    if revision_id not in (None, agreement.id):
        raise NotTheCurrentRevision("The agreement has another revision now.")
    existing = store.given(tx, agreement.id, individual)
    if existing is not None:
        return existing, latest(tx, existing)
    if not agreement.content["active"]:
        raise AgreementNotActive("This agreement takes no consent any more.")
    record = Record(
        id=str(ids.new()),
        agreement_id=agreement_id,
        agreement_revision_id=agreement.id,
        agreement_hash=agreement.hash,
        individual=individual,
        opt_in=True,
    )
    if not store.add(tx, record):
        existing = store.given(tx, agreement.id, individual) or record
        return existing, latest(tx, existing)
    return record, _append(tx, record, None, action="given", by=by, at=at, sealer=sealer)


def change(
    tx: Transaction, record_id: str, opt_in: bool, *, individual: str, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Record, Revision]:
    """Withdraw or give again; what stands already is left alone. Raises NotFound, Stale."""
    record = store.locked(tx, record_id, individual)
    before = latest(tx, record)
    if record.opt_in is opt_in:
        return record, before
    changed = record.changed(opt_in)
    store.save(tx, changed)
    if not opt_in:
        outbox.put(tx, events.withdrawn(changed, at))
    action = "given again" if opt_in else "withdrawn"
    return changed, _append(tx, changed, before, action=action, by=by, at=at, sealer=sealer)


def verified(tx: Transaction, record_id: str, sealer: Sealer) -> tuple[Record, Revision, bool]:
    """The record, its latest revision, and whether the consent stands: unbroken, signed, opted in. Raises NotFound."""
    record = store.find(tx, record_id)
    revision = latest(tx, record)
    known = keys.verifying(tx, sealer)
    own = reversed(history.history(tx, Kind.RECORD, record.id))
    agreed = reversed(history.history(tx, Kind.AGREEMENT, record.agreement_id))
    whole = model.broken(own, known) is None and model.broken(agreed, known) is None
    return record, revision, whole and record.content() == revision.content and record.opt_in


def latest(tx: Transaction, record: Record) -> Revision:
    """The revision that holds the record now."""
    return history.numbered(tx, Kind.RECORD, record.id, record.number)


def _append(
    tx: Transaction, record: Record, after: Revision | None, *, action: str, by: Actor, at: datetime, sealer: Sealer
) -> Revision:
    content = record.content()
    return revisions.append(
        tx, Kind.RECORD, record.id, content, after=after, action=action, by=by, at=at, sealer=sealer
    )

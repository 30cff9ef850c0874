"""The check of everything: revisions, the rows beside them, the journal."""

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.audit import model, store
from consent.audit.model import Finding
from consent.journal import model as chain
from consent.journal import store as journal
from consent.keys import store as keys
from consent.revisions import model as revisions
from consent.revisions import store as history
from consent.revisions.model import Broken, Kind, Revision


def verify(tx: Transaction, sealer: Sealer) -> Finding:
    """Recompute all hashes, signatures and links; stops at the first that does not hold."""
    count, broken = _revisions(tx)
    broken = broken or _objects(tx) or store.without_revision(tx)
    if broken is not None:
        return Finding(count, 0, broken)
    end = journal.end(tx, sealer)
    found = chain.broken(journal.all_rows(tx), end, journal.digest(sealer))
    if found is not None:
        number, reason = found
        return Finding(count, number - 1, Broken(f"journal {number}", reason))
    return Finding(count, end.number, store.without_row(tx))


def _revisions(tx: Transaction) -> tuple[int, Broken | None]:
    known = keys.verifying(tx)
    previous: Revision | None = None
    count = 0
    for each in history.all_in_order(tx):
        if previous and (previous.schema_name, previous.object_id) != (each.schema_name, each.object_id):
            previous = None
        reason = revisions.flaw(each, previous, known)
        if reason is not None:
            return count, Broken(each.place, reason)
        previous, count = each, count + 1
    return count, None


def _objects(tx: Transaction) -> Broken | None:
    for kind in Kind:
        for state in store.states(tx, kind):
            if (found := model.flaw(state)) is not None:
                return found
        if (orphan := store.without_object(tx, kind)) is not None:
            return orphan
    return None

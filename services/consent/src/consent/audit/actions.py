"""The check of everything: revisions, the rows beside them, the journal."""

from collections.abc import Callable

from chassis.database import Transaction
from chassis.sealing import Sealer
from consent.audit import model, store
from consent.audit.model import Finding
from consent.journal import model as chain
from consent.journal import store as journal
from consent.journal.model import Head
from consent.keys import store as keys
from consent.revisions import model as revisions
from consent.revisions import store as history
from consent.revisions.model import Broken, Kind, Revision


def verify(tx: Transaction, sealer: Sealer) -> Finding:
    """Recompute all hashes, signatures and links; stops at the first that does not hold."""
    count, broken = _revisions(tx, sealer)
    broken = broken or _readable("an object or the journal", lambda: _objects(tx) or store.without_revision(tx))
    if broken is not None:
        return Finding(count, 0, broken)
    end = journal.end(tx, sealer)
    broken = _readable("the journal", lambda: _journal(tx, end, sealer) or store.without_row(tx))
    return Finding(count, end.number if broken is None else 0, broken)


def _revisions(tx: Transaction, sealer: Sealer) -> tuple[int, Broken | None]:
    known = keys.verifying(tx, sealer)
    previous: Revision | None = None
    count = 0
    try:
        for each in history.all_in_order(tx):
            if previous and (previous.schema_name, previous.object_id) != (each.schema_name, each.object_id):
                previous = None
            reason = revisions.flaw(each, previous, known)
            if reason is not None:
                return count, Broken(each.place, reason)
            previous, count = each, count + 1
    except ValueError:
        return count, Broken(f"after {previous.place}" if previous else "the first", "a value cannot be read")
    return count, None


def _journal(tx: Transaction, end: Head, sealer: Sealer) -> Broken | None:
    found = chain.broken(journal.all_rows(tx), end, journal.digest(sealer))
    return Broken(f"journal {found[0]}", found[1]) if found else None


def _readable(where: str, check: Callable[[], Broken | None]) -> Broken | None:
    """The check's answer; a value that is none of its column's kind is broken too."""
    try:
        return check()
    except ValueError:
        return Broken(where, "a value cannot be read")


def _objects(tx: Transaction) -> Broken | None:
    for kind in Kind:
        for state in store.states(tx, kind):
            if (found := model.flaw(state)) is not None:
                return found
        if (orphan := store.without_object(tx, kind)) is not None:
            return orphan
    return None

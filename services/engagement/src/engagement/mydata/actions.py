"""The stories of a person's own data: see it, leave, erase."""

from datetime import datetime
from uuid import UUID

from chassis import outbox, paging
from chassis.database import Transaction
from chassis.errors import Unauthenticated
from chassis.paging import Page
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.contributions import Kind
from engagement.cursors import instant_and_id
from engagement.mydata import policy, store
from engagement.mydata.model import Contribution, Left, Part
from engagement.participants import actions as participations
from engagement.participants import events
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.receipts import store as receipts

_MOST_PARTS = 100  # processes in which one person takes part at the same time
_AT_ONCE = 500


def parts(tx: Transaction, cursor: str | None, limit: int, *, by: Actor, sealer: Sealer) -> Page[Part]:
    """Newest first. Raises Unauthenticated, BadCursor."""
    after = instant_and_id(cursor)
    found = participants.page_of_subject(tx, _subject(by), after, limit + 1, sealer)
    page = paging.page(found, limit, lambda last: [last.joined_at, last.id])
    titles = store.titles(tx, {each.process_id for each in page.items})
    return Page([Part(each, *titles[each.process_id]) for each in page.items], page.next)


def contributions(tx: Transaction, cursor: str | None, limit: int, *, by: Actor, sealer: Sealer) -> Page[Contribution]:
    """Newest first, of all processes. Raises Unauthenticated, BadCursor."""
    after = instant_and_id(cursor)
    mine = participants.page_of_subject(tx, _subject(by), None, _MOST_PARTS, sealer)
    found = store.page(tx, [each.id for each in mine], after, limit + 1)
    return paging.page(found, limit, lambda last: [last.at, last.id])


def leave(tx: Transaction, process_id: UUID, *, erase: bool, by: Actor, at: datetime, sealer: Sealer) -> Left:
    """The caller ends her participation. Raises NotFound, Unauthenticated."""
    _subject(by)
    return _left(tx, participations.mine(tx, process_id, by=by, sealer=sealer), erase=erase, at=at)


def consent_withdrawn(tx: Transaction, consent_record_id: str, *, at: datetime) -> None:
    """Every participation that stood on this consent ends; a second time there is none. Words stay."""
    for participant in participants.of_consent(tx, consent_record_id):
        _left(tx, participant, erase=False, at=at)


def erase_by_receipt(tx: Transaction, code: str, *, sealer: Sealer) -> Kind:
    """The words of a visitor's contribution. Raises NotFound, NotYourReceipt."""
    leaf, _ = receipts.find(tx, code)
    kind = Kind(leaf.kind)
    participant_id = store.author(tx, kind, leaf.contribution_id)
    author = participants.of_id(tx, participant_id, sealer) if participant_id else None
    policy.may_erase_by_receipt(author).require()
    store.erase(tx, kind, leaf.contribution_id)
    return kind


def _left(tx: Transaction, participant: Participant, *, erase: bool, at: datetime) -> Left:
    erased = _erase_all(tx, participant.id) if erase else 0
    kept = store.counted(tx, participant.id)
    store.forget_typist(tx, participant.id)
    participants.cut(tx, participant.id, at)
    outbox.put(tx, events.withdrawn(participant, at))
    return Left(participant, kept, erased)


def _erase_all(tx: Transaction, participant_id: UUID) -> int:
    erased, after = 0, None
    while found := store.page(tx, [participant_id], after, _AT_ONCE):
        erased += sum(store.erase(tx, each.kind, each.id) for each in found)
        after = (found[-1].at, found[-1].id)
    return erased


def _subject(by: Actor) -> str:
    if by.subject is None:
        raise Unauthenticated("Sign in, or come back in the browser in which you took part.")
    return by.subject

"""The stories of a participation: join, and what consent and the registry then answer."""

from base64 import b64encode
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import orjson

from chassis import ids, jobs, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.participants import events, policy, store
from engagement.participants.model import Joining, Participant, State, Step
from engagement.processes import actions as processes

JOIN = "join"
CONTACT = "join.contact"


def join(
    tx: Transaction,
    process_id: UUID,
    wanted: Joining,
    *,
    by: Actor,
    at: datetime,
    sealer: Sealer,
    verifying: Collection[str] = (),
) -> tuple[Participant, bool]:
    """The caller's participation, and whether it is new. Raises NotFound, Unauthenticated, NotAParticipant,
    IdentityNotChecked, ProcessNotJoinable."""
    process = processes.visible(tx, process_id, by=by)
    if existing := store.of_subject(tx, process.id, by.subject, sealer):
        return existing, False
    policy.may_join(by, process, verifying).require()
    participant = Participant(
        id=ids.new(),
        process_id=process.id,
        subject=by.subject or "",
        display_name=wanted.display_name,
        language=wanted.language,
        joined_at=at,
        ladder_step=Step.VERIFIED if by.assurance in verifying else Step.REGISTERED,
    )
    if not store.add(tx, participant, sealer):  # the same person, at the same time, from another window
        return mine(tx, process.id, by=by, sealer=sealer), False
    contact = orjson.dumps([wanted.display_name, wanted.email, wanted.language]).decode()
    sealed = b64encode(sealer.seal(contact, CONTACT)).decode()
    jobs.put(tx, JOIN, str(participant.id), {"participantId": str(participant.id), "contact": sealed}, at)
    return participant, True


def joined(
    tx: Transaction, participant_id: UUID, consent_record_id: str, recipient: str, *, at: datetime, sealer: Sealer
) -> None:
    """Consent and registry have answered; a second time changes nothing."""
    participant = store.find(tx, participant_id, sealer)
    if participant.state is not State.JOINING:
        return
    answers = {"consent_record_id": consent_record_id, "recipient": recipient, "state": State.JOINED}
    store.note(tx, participant.id, **answers)
    outbox.put(tx, events.joined(participant, at))


def mine(tx: Transaction, process_id: UUID, *, by: Actor, sealer: Sealer) -> Participant:
    """Raises NotFound."""
    participant = store.of_subject(tx, process_id, by.subject, sealer)
    if participant is None:
        raise NotFound("You do not take part in this process.")
    return participant

"""The stories of access without an account: ask for a code, read it back, come in."""

from base64 import b64encode
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from chassis import ids, jobs, outbox
from chassis.database import Transaction
from chassis.sealing import Sealer
from engagement.access import addresses, model, policy, store
from engagement.access.model import STEPS, CodeWrong, Entering, Proof, Way
from engagement.actors import Actor
from engagement.participants import actions as participations
from engagement.participants import events
from engagement.participants import store as participants
from engagement.participants.model import Participant, State, Step
from engagement.processes import actions as processes

SEND_CODE = "send-code"
CODE = "send-code.letter"
KEPT = timedelta(days=7)
_HOUR = timedelta(hours=1)


def new_key(tx: Transaction, process_id: UUID, *, by: Actor) -> str:
    """A key for a new visitor of the process; nothing is stored. Raises NotFound, AccountNeeded, ProcessNotJoinable."""
    process = processes.visible(tx, process_id, by=by)
    policy.takes_visitors(process).require()
    return model.new_key(process.id)


def ask_for_code(
    tx: Transaction,
    process_id: UUID,
    address: str,
    language: str | None,
    *,
    refused_domains: Collection[str],
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> Proof:
    """Send a code to an address. The answer is the same whether the address takes part already or not. Raises NotFound,
    SignedIn, VisitorKeyMissing, AccountNeeded, ProofNeeded, AddressRefused, TooManyCodes."""
    process = processes.visible(tx, process_id, by=by)
    policy.may_enter(by, process).require()
    mailbox = sealer.digest(addresses.canonical(address, refused_domains), _address_of(process.id))
    lately = store.lately(tx, process.id, by.subject or "", mailbox, at - _HOUR)
    policy.may_ask_for_code(process, Way.EMAIL, lately).require()
    code, proof_id = model.new_code(), ids.new()
    proof = Proof(
        proof_id, process.id, by.subject or "", Way.EMAIL, mailbox, sealer.digest(code, _code_of(proof_id)), at
    )
    store.add(tx, proof)
    letter = orjson.dumps([address.strip(), code, language, process.title]).decode()
    sealed = b64encode(sealer.seal(letter, CODE)).decode()
    jobs.put(tx, SEND_CODE, str(proof.id), {"proofId": str(proof.id), "letter": sealed}, at)
    return proof


def confirm(tx: Transaction, proof_id: UUID, code: str, *, by: Actor, at: datetime, sealer: Sealer) -> Proof:
    """The proof after this try; whether the code was right, it says itself. Raises NotFound, ProofOver, Stale."""
    before = store.find(tx, proof_id, by.subject or "")
    after = before.tried(sealer.digest(code, _code_of(proof_id)), at)
    store.save(tx, before, after)
    return after


def require_confirmed(proof: Proof) -> Proof:
    """Raises CodeWrong, once the try is on disk."""
    if proof.confirmed_at is None:
        raise CodeWrong("This is not the code that was sent.", [("/code", "is not the code that was sent")])
    return proof


def enter(
    tx: Transaction, process_id: UUID, wanted: Entering, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Participant, bool]:
    """The visitor's participation, and whether it is new; the mailbox that took part from another browser goes on from
    this one. Raises NotFound, SignedIn, VisitorKeyMissing, AccountNeeded, ProcessNotJoinable, ProofNeeded."""
    process = processes.visible(tx, process_id, by=by)
    policy.may_enter(by, process).require()
    if existing := participants.of_subject(tx, process.id, by.subject, sealer):
        return existing, False
    proof = store.confirmed(tx, process.id, by.subject or "")
    policy.is_proven(process, proof).require()
    participant = Participant(
        id=ids.new(),
        process_id=process.id,
        subject=by.subject or "",
        display_name=wanted.display_name,
        language=wanted.language,
        joined_at=at,
        state=State.JOINED,
        ladder_step=STEPS[proof.way] if proof else Step.OPEN,
        address_digest=proof.address_digest if proof else None,
    )
    if not participants.add(tx, participant, sealer):
        return _moved(tx, participant, by=by, sealer=sealer), False
    outbox.put(tx, events.joined(participant, at))
    return participant, True


def forget_proofs(tx: Transaction, *, at: datetime) -> int:
    """Drop what is too old to prove anything; how many."""
    return store.forget(tx, at - KEPT)


def _moved(tx: Transaction, wanted: Participant, *, by: Actor, sealer: Sealer) -> Participant:
    """The participation that was there first: this visitor's, from another window, or her mailbox's."""
    known = wanted.address_digest and participants.of_address(tx, wanted.process_id, wanted.address_digest, sealer)
    if not known or known.subject == by.subject:
        return participations.mine(tx, wanted.process_id, by=by, sealer=sealer)
    participants.note(tx, known.id, subject=wanted.subject)
    return replace(known, subject=wanted.subject)


def _address_of(process_id: UUID) -> str:
    return f"address {process_id}"  # each process has digests of its own: two cannot be joined by an address


def _code_of(proof_id: UUID) -> str:
    return f"code {proof_id}"

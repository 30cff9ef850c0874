"""Joining's errands: the consent record, then the registry entry. Both peers give what exists when they are asked
twice, so the job may run again at any point."""

from base64 import b64decode
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chassis.runtime import Runtime
from engagement import peers
from engagement.participants import actions, store
from engagement.participants.model import State
from engagement.processes import store as processes


def join(runtime: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Raises Unavailable or PeerRefused, and is then tried again."""
    participant_id = UUID(payload["participantId"])
    with runtime.reading() as tx:
        participant = store.find(tx, participant_id, runtime.sealer)
        agreement = processes.find(tx, participant.process_id).data_agreement_id or ""
    if participant.state is not State.JOINING:
        return  # she left before anybody was asked
    contact = peers.Contact(*orjson.loads(runtime.sealer.open(b64decode(payload["contact"]), actions.CONTACT)))
    record_id = peers.record_consent(runtime.peers, agreement, participant.subject)
    registry = runtime.settings.participants_registry
    entry_id = peers.enter_contact(runtime.peers, registry, participant.subject, contact, str(participant_id))
    with runtime.transaction() as tx:
        actions.joined(tx, participant_id, record_id, entry_id, at=at, sealer=runtime.sealer)

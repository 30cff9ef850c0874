"""A person's own data on the wire."""

from typing import Any

from chassis.clock import text
from engagement.mydata.model import Contribution, Left, Part
from engagement.participants.schemas import PARTICIPATION


def part(of: Part) -> dict[str, Any]:
    own: dict[str, Any] = PARTICIPATION.dump(of.participant)
    return own | {
        "slug": of.slug,
        "title": of.title,
        "language": of.participant.language,
        "contactEntryId": of.participant.recipient,
    }


def contribution(of: Contribution) -> dict[str, Any]:
    return {
        "kind": of.kind,
        "id": str(of.id),
        "processId": str(of.process_id),
        "channel": of.channel,
        "ladderStep": of.ladder_step,
        "status": of.status,
        "at": text(of.at),
        "receipt": of.code,
        "said": of.said,
    }


def left(of: Left) -> dict[str, Any]:
    return {"processId": str(of.participant.process_id), "kept": of.kept, "erased": of.erased}

"""Attempts on the wire."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from messaging.deliveries.model import Delivery


def delivery(of: Delivery) -> dict[str, Any]:
    return without_none(
        {
            "id": str(of.id),
            "messageId": str(of.message_id),
            "attempt": of.attempt,
            "at": text(of.at),
            "channel": of.channel,
            "status": of.status,
            "code": of.code,
            "reason": of.reason,
            "source": of.source,
            "template": of.template,
        }
    )

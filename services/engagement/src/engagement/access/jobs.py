"""Sending a code: messaging is asked with a key of its own, so that a second run sends nothing more."""

from base64 import b64decode
from datetime import datetime
from typing import Any

import orjson

from chassis.runtime import Runtime
from engagement import peers
from engagement.access import actions, letters
from engagement.access.model import LIFE


def send_code(runtime: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Raises Unavailable or PeerRefused, and is then tried again."""
    address, code, language, process = orjson.loads(runtime.sealer.open(b64decode(payload["letter"]), actions.CODE))
    subject, text = letters.code(language, process, code, int(LIFE.total_seconds()) // 60)
    letter = peers.Letter(address, subject, text, urgent=True)
    peers.send(runtime.peers, letter, f"code {payload['proofId']}")


def forget(runtime: Runtime) -> None:
    """Once in a while."""
    with runtime.transaction() as tx:
        actions.forget_proofs(tx, at=runtime.clock())

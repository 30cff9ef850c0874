"""The story of a caught mail."""

from collections.abc import Sequence
from datetime import datetime
from email.parser import BytesHeaderParser

from chassis import ids
from chassis.database import Transaction
from chassis.sealing import Sealer
from messaging.catcher import store
from messaging.catcher.model import Caught

_PLACE = "caught.recipient"
_LONGEST_ID = 255
_HEADERS = BytesHeaderParser()


def keep(tx: Transaction, mail: bytes, recipients: Sequence[str], *, at: datetime, sealer: Sealer) -> bool:
    """Whether it was new. A mail without a Message-ID is always new."""
    headers, own = _HEADERS.parsebytes(mail), ids.new()
    message_id = str(headers["Message-ID"] or own).strip()[:_LONGEST_ID]
    template = str(headers["X-Baraza-Template"])[:40] if headers["X-Baraza-Template"] else None
    digest = sealer.digest("\n".join(sorted(recipients)), _PLACE)
    return store.add(tx, Caught(own, message_id, template, digest, mail, at), sealer)

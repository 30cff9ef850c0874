"""What every open form asks of who sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.abuse import work
from portal.abuse.buckets import Buckets
from portal.abuse.networks import Salted, client_address
from portal.language import _

TRAP, STAMP, SOLUTION = "website", "stamp", "solution"
_LONGEST_OPEN_SECONDS = 24 * 3600
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The thresholds, each a setting of the portal."""

    least_seconds: float
    attempts: int
    seconds_an_attempt: float
    work_bits: int
    wait_seconds: float
    proxies: int


@dataclass(frozen=True, slots=True)
class Sender:
    """As far as a request tells: the peer's address, and what proxies wrote of the addresses before."""

    peer: str | None
    forwarded: str | None


class Doorkeeper:
    """Lets a form through, or says what it still asks."""

    def __init__(self, secret: str, asked: Asked) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="open form")
        self._asked = asked
        self._buckets = Buckets(asked.attempts, asked.seconds_an_attempt)
        self._networks = Salted()
        self._used: dict[str, None] = {}

    @property
    def work_bits(self) -> int:
        return self._asked.work_bits

    def stamp(self, at: datetime) -> str:
        """When a form was shown, signed; the browser's work is about it."""
        return str(self._signer.dumps(at.timestamp()))

    def objection(self, sent: Mapping[str, str], sender: Sender, at: datetime) -> str | None:
        """What is to be told to whoever sent the form; None when it may pass. The order is that of the cost."""
        if sent.get(TRAP):
            return _("Leave the field that is not for you empty, and send the form again.")
        shown = self._shown(sent.get(STAMP, ""))
        if shown is None or (open_for := at.timestamp() - shown) > _LONGEST_OPEN_SECONDS:
            return _("This form was open for too long. Send it again.")
        if open_for < self._asked.least_seconds:
            return _("That was very fast. Read the page, then send the form again.")
        today = at.astimezone(UTC).date()
        address = client_address(sender.peer, sender.forwarded, self._asked.proxies)
        left = self._buckets.take(self._networks.name(address, today), at.timestamp())
        if left < 0:
            return _("Too many forms came from your network. Wait a few minutes and send it again.")
        if self._buckets.is_worn(left) and not self._worked(sent, open_for):
            return _("Many forms come from your network now. Wait half a minute, then send this one again.")
        return None

    def _worked(self, sent: Mapping[str, str], open_for: float) -> bool:
        """The browser did the work, once for each form, or the person waited."""
        if open_for >= self._asked.wait_seconds:
            return True
        stamp = sent[STAMP]
        if stamp in self._used or not work.is_done(stamp, sent.get(SOLUTION, ""), self._asked.work_bits):
            return False
        self._used[stamp] = None
        if len(self._used) > _REMEMBERED:
            del self._used[next(iter(self._used))]
        return True

    def _shown(self, stamp: str) -> float | None:
        try:
            return float(self._signer.loads(stamp))
        except (BadSignature, TypeError, ValueError):
            return None

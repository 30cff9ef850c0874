"""How long one waits after which failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from chassis.errors import TooMany
from chassis.verdict import ALLOWED, Verdict, refused

FORGOTTEN_AFTER = timedelta(hours=1)  # without a further failure
_LOGIN_FREE, _LOGIN_LONGEST = 20, 60
_NETWORK_FREE, _NETWORK_LONGEST = 200, 60


class TooManyAttempts(TooMany):
    """Failures came too fast; `retry_after_seconds` says when the next attempt is heard."""


@dataclass(frozen=True, slots=True)
class Failures:
    """What went wrong lately under one key."""

    count: int
    since: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Bucket:
    """`free` failures cost nothing; then the wait doubles from one second up to `longest_seconds`."""

    kind: str
    key: str
    free: int
    longest_seconds: int

    def may_try(self, failures: Failures | None, at: datetime) -> Verdict:
        """Whether an attempt is heard now."""
        if failures is None or failures.last_at <= at - FORGOTTEN_AFTER or failures.count < self.free:
            return ALLOWED
        wait = min(2 ** min(failures.count - self.free, 30), self.longest_seconds)
        left = failures.last_at + timedelta(seconds=wait) - at
        if left <= timedelta(0):
            return ALLOWED
        seconds = int(left.total_seconds()) + 1
        return refused(TooManyAttempts("Too many attempts failed.", retry_after_seconds=seconds))


def sign_in_buckets(
    login: str, network: str, *, known_device: bool, free: int, longest_seconds: int
) -> tuple[Bucket, ...]:
    """What one attempt counts in: its login from its network; its login from anywhere, with a wait of at most a minute
    so that a stranger can only slow a person down, and not at all on a device that signed in before; its network."""
    own = Bucket("login-network", f"{login} {network}", free, longest_seconds)
    anywhere = Bucket("login", login, _LOGIN_FREE, _LOGIN_LONGEST)
    if known_device:
        return (Bucket("login-device", login, free, longest_seconds),)
    return (own, anywhere, Bucket("network", network, _NETWORK_FREE, _NETWORK_LONGEST))


def network(address: str | None) -> str:
    """The network of an address: /24 of IPv4, /64 of IPv6; what is no address stands for itself."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or "unknown"
    return str(ip_network((found, 24 if found.version == 4 else 64), strict=False))

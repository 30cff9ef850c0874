"""Which network a request comes from, for a day and to nobody's knowledge."""

import hmac
import ipaddress
import secrets
from datetime import date
from hashlib import sha256


def client_address(peer: str | None, forwarded: str | None, proxies: int) -> str:
    """The address that the outermost of our own `proxies` saw; what callers write before it is not believed."""
    hops = [part.strip() for part in (forwarded or "").split(",") if part.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return peer or ""


def network(address: str) -> str:
    """The /24 of an IPv4 address, the /56 of an IPv6 one: about one household or office."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False))


class Salted:
    """Networks by digests that mean nothing on another day."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._salt = b""

    def name(self, address: str, today: date) -> str:
        if today != self._day:
            self._day, self._salt = today, secrets.token_bytes(32)
        return hmac.new(self._salt, network(address).encode(), sha256).hexdigest()

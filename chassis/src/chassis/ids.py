"""Identifiers: UUIDv7 (RFC 9562 §5.7), so that rows made later sort later and indexes stay dense."""

import secrets
import time
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U, so that a code survives the telephone


def new() -> UUID:
    """A new UUIDv7; 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    high = milliseconds << 16 | 0x7000 | random >> 62
    low = 0b10 << 62 | random & (1 << 62) - 1
    return UUID(int=high << 64 | low)


def code(groups: int = 4, size: int = 5) -> str:
    """A random code to read aloud, `ABCDE-01234-…`; four groups of five carry 100 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(size)) for _ in range(groups))

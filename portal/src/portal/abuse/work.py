"""Proof of work, after the idea of Hashcash: the browser looks for a number whose digest with the challenge begins with
so many zero bits. Half a second to two on a telephone, next to nothing to check.
"""

from hashlib import sha256

_LONGEST = 20


def is_done(challenge: str, solution: str, bits: int) -> bool:
    """Whether SHA-256 of `challenge:solution` begins with `bits` zero bits."""
    if not solution.isascii() or not solution.isdigit() or len(solution) > _LONGEST:
        return False
    digest = sha256(f"{challenge}:{solution}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0

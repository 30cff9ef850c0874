"""Personal data at rest: sealed with AES-256-GCM, so that a database alone says nothing and a value can be shredded.

A block's sealing key is a ring, so that keys can be exchanged while processes run: the first key seals, every key
opens. Digests are values that rows are found and chained by, so their key never changes; once keys are exchanged the
ring names it by itself, as `digest:…`, from which nothing can be opened.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12
_DIGEST = "digest:"


class Unsealable(ValueError):
    """The value was sealed with another key, for another place, or was altered."""


@dataclass(frozen=True, slots=True)
class Ring:
    """`keys` open and the first one seals; `digest_key` makes the digests."""

    keys: tuple[bytes, ...]
    digest_key: bytes

    def added(self) -> "Ring":
        """A new key opens and does not seal yet: every process must know it before one seals with it."""
        return replace(self, keys=(*self.keys, secrets.token_bytes(_KEY_BYTES)))

    def promoted(self) -> "Ring":
        """The newest key seals. Raises ValueError without a second key."""
        if len(self.keys) == 1:
            raise ValueError("there is no key to promote; add one first")
        return replace(self, keys=(self.keys[-1], *self.keys[:-1]))

    def retired(self) -> "Ring":
        """What the first key did not seal opens no more."""
        return replace(self, keys=self.keys[:1])

    def __str__(self) -> str:
        """As `ring` reads it."""
        return " ".join([*(key.hex() for key in self.keys), _DIGEST + self.digest_key.hex()])


def ring(text: str) -> Ring:
    """One key (32 bytes in hexadecimal), or several and `digest:…`, apart by blanks. Raises ValueError."""
    words = text.split()
    keys = tuple(_key(word) for word in words if not word.startswith(_DIGEST))
    digests = [_key(word.removeprefix(_DIGEST)) for word in words if word.startswith(_DIGEST)]
    if not keys or len(digests) > 1 or (len(keys) > 1 and not digests):
        raise ValueError("a sealing key is one key, or several and the one digest key")
    return Ring(keys, digests[0] if digests else _derive(keys[0], b"digest"))


class Sealer:
    """Seals and opens with the block's own ring (a random key when none is given). Raises ValueError for what is no
    ring."""

    def __init__(self, keys: str) -> None:
        own = ring(keys or secrets.token_hex(_KEY_BYTES))
        self._aeads = [AESGCM(_derive(key, b"seal")) for key in own.keys]
        self._digest_key = own.digest_key

    def seal(self, text: str, place: str) -> bytes:
        """Sealed for one place (`participant.display_name`); it opens nowhere else."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._aeads[0].encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """What was sealed for this place, by whichever key. Raises Unsealable."""
        return self._opened(sealed, place)[0]

    def resealed(self, sealed: bytes, place: str) -> bytes | None:
        """The same text under the key that seals now; None when it is already. Raises Unsealable."""
        text, by = self._opened(sealed, place)
        return None if by == 0 else self.seal(text, place)

    def digest(self, text: str, place: str) -> str:
        """A keyed fingerprint to find a value by without keeping it (HMAC-SHA-256, hexadecimal)."""
        return hmac.new(self._digest_key, f"{place}\0{text}".encode(), sha256).hexdigest()

    def _opened(self, sealed: bytes, place: str) -> tuple[str, int]:
        """The text and the number of the key that opened it."""
        if len(sealed) < _NONCE_BYTES:
            raise Unsealable(place)
        nonce, closed = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        for number, aead in enumerate(self._aeads):
            try:
                return aead.decrypt(nonce, closed, place.encode()).decode(), number
            except InvalidTag:
                continue
        raise Unsealable(place)


def _key(word: str) -> bytes:
    key = bytes.fromhex(word)
    if len(key) != _KEY_BYTES:
        raise ValueError(f"a sealing key has {_KEY_BYTES} bytes")
    return key


def _derive(root: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(root)

"""Personal data at rest: sealed with AES-256-GCM, so that a database alone says nothing and a value can be shredded."""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12


class Unsealable(ValueError):
    """The value was sealed with another key, for another place, or was altered."""


class Sealer:
    """Seals and opens with the block's own key (32 bytes in hexadecimal; a random one when none is given). Raises
    ValueError for a key of another length."""

    def __init__(self, key: str) -> None:
        root = bytes.fromhex(key) if key else secrets.token_bytes(_KEY_BYTES)
        if len(root) != _KEY_BYTES:
            raise ValueError(f"a sealing key has {_KEY_BYTES} bytes")
        self._aead = AESGCM(_derive(root, b"seal"))
        self._digest_key = _derive(root, b"digest")

    def seal(self, text: str, place: str) -> bytes:
        """Sealed for one place (`participant.display_name`); it opens nowhere else."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """What was sealed for this place. Raises Unsealable."""
        if len(sealed) < _NONCE_BYTES:
            raise Unsealable(place)
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode()).decode()
        except InvalidTag:
            raise Unsealable(place) from None

    def digest(self, text: str, place: str) -> str:
        """A keyed fingerprint to find a value by without keeping it (HMAC-SHA-256, hexadecimal)."""
        return hmac.new(self._digest_key, f"{place}\0{text}".encode(), sha256).hexdigest()


def _derive(root: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(root)

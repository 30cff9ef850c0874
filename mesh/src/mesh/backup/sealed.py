"""A file that only a passphrase opens: AES-256-GCM in parts of 1 MiB, the key by scrypt (RFC 7914).

Layout: `BARAZA1\\n`, 16 bytes salt, then for each part its length (4 bytes, big endian) and its ciphertext. A part's
nonce is its number and, in the last byte, whether it is the last: nothing can be altered, moved, left out or cut off.
"""

import secrets
import struct
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_MAGIC = b"BARAZA1\n"
_SALT_BYTES, _PART_BYTES, _TAG_BYTES = 16, 1 << 20, 16
_COST = 1 << 15  # 32 MiB and a tenth of a second a guess


class Unopenable(ValueError):
    """The passphrase is another one, or the file was altered or cut off."""


def seal(plain: IO[bytes], sealed: IO[bytes], passphrase: str) -> None:
    """Write what can be read from `plain`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    aead, number = _aead(passphrase, salt), 0
    sealed.write(_MAGIC + salt)
    part = plain.read(_PART_BYTES)
    while True:
        following = plain.read(_PART_BYTES)
        closed = aead.encrypt(_nonce(number, last=not following), part, None)
        sealed.write(struct.pack(">I", len(closed)) + closed)
        if not following:
            return
        part, number = following, number + 1


def opened(sealed: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """The plain parts, in order. Raises Unopenable, also in the end when the last part is missing."""
    if sealed.read(len(_MAGIC)) != _MAGIC:
        raise Unopenable("this is no sealed file")
    aead, number = _aead(passphrase, sealed.read(_SALT_BYTES)), 0
    part = _part(sealed)
    while part is not None:
        following = _part(sealed)
        try:
            yield aead.decrypt(_nonce(number, last=following is None), part, None)
        except InvalidTag:
            raise Unopenable("the passphrase is another one, or the file was altered or cut off") from None
        part, number = following, number + 1
    if number == 0:
        raise Unopenable("the file was cut off")


def _part(sealed: IO[bytes]) -> bytes | None:
    """None at the end."""
    size = sealed.read(4)
    if not size:
        return None
    length = struct.unpack(">I", size)[0] if len(size) == 4 else 0
    if not 0 < length <= _PART_BYTES + _TAG_BYTES:
        raise Unopenable("the file was altered or cut off")
    return sealed.read(length)


def _aead(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QxxxB", number, last)

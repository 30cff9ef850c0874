"""The mediator's own keys: given as secrets, or made on first start in the state folder.

Contexts and the message log are signed with different keys; the subject key names persons pairwise.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc.jwk import OKPKey

_SUBJECT_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key; `id` is its thumbprint (RFC 7638)."""

    id: str
    private: Ed25519PrivateKey

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(data)

    def genuine(self, signature: bytes, data: bytes) -> bool:
        """Whether this key signed the data."""
        try:
            self.private.public_key().verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def public(self) -> dict[str, Any]:  # Any: a JSON Web Key
        """The public half as a JWK."""
        raw = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        jwk = OKPKey.import_key(raw).as_dict(private=False)
        return dict(jwk) | {"kid": self.id, "use": "sig", "alg": "Ed25519"}


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one mediator."""

    context: SigningKey
    log: SigningKey
    subject: bytes


def load(folder: Path, *, context: str = "", log: str = "", subject: str = "") -> Keys:
    """`context` and `log` are PEM texts, `subject` 32 bytes in hexadecimal; an empty one is read from the folder, and
    made there when it is missing. Raises ValueError for a key that is none."""
    seed = bytes.fromhex(subject or _kept(folder / "subject.key", lambda: secrets.token_hex(_SUBJECT_KEY_BYTES)))
    if len(seed) != _SUBJECT_KEY_BYTES:
        raise ValueError("the subject key is 32 bytes in hexadecimal")
    return Keys(
        context=_signing(context or _kept(folder / "context.pem", _new_pem)),
        log=_signing(log or _kept(folder / "log.pem", _new_pem)),
        subject=seed,
    )


def _signing(pem: str) -> SigningKey:
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("signing keys are Ed25519")
    return SigningKey(OKPKey.import_key(pem.encode()).thumbprint(), private)


def _new_pem() -> str:
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The file's text; made once, readable by its owner alone. Of two starting at once, the first one's text counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text("utf-8").strip()

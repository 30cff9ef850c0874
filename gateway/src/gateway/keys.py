"""The mediator's own keys: given as secrets, or made on first start in the state folder.

Contexts and the message log are signed with different keys; the subject key names persons pairwise.

The text of a signing key may hold several (PEM, one after the other), so that keys can be exchanged while replicas run:
the first signs, all are known. A retired key of the log is there as its public half, below a line `Until: 1234`: it
vouches for no record after that one, so that whoever steals it later cannot write another history.
"""

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc.jwk import OKPKey

_SUBJECT_KEY_BYTES = 32
_KEY = re.compile(
    r"(?:Until: (?P<until>\d+)\s+)?(?P<pem>-----BEGIN (?P<kind>[A-Z ]+)-----.+?-----END (?P=kind)-----)", re.S
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key; `id` is its thumbprint (RFC 7638)."""

    id: str
    private: Ed25519PrivateKey

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(data)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """What a signing key is known by. `until` is the last record of the log that a retired key vouches for."""

    id: str
    public: Ed25519PublicKey
    until: int | None = None

    def vouches(self, key_id: str, seq: int, signature: bytes, statement: bytes) -> bool:
        """Whether this key signed the statement about the log's record `seq`, and still stands for it."""
        if key_id != self.id or (self.until is not None and seq > self.until):
            return False
        try:
            self.public.verify(signature, statement)
        except InvalidSignature:
            return False
        return True

    def pem(self) -> str:
        """As `load` reads it."""
        raw = self.public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return ("" if self.until is None else f"Until: {self.until}\n") + raw.decode()

    def jwk(self) -> dict[str, Any]:  # Any: a JSON Web Key
        """As others read it (RFC 8037)."""
        raw = self.public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        jwk = OKPKey.import_key(raw).as_dict(private=False)
        return dict(jwk) | {"kid": self.id, "use": "sig", "alg": "Ed25519"}


@dataclass(frozen=True, slots=True)
class Ring:
    """A key that signs and all that are known, itself the first."""

    signing: SigningKey
    known: tuple[KnownKey, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one mediator."""

    contexts: Ring
    logs: Ring
    subject: bytes

    @property
    def context(self) -> SigningKey:
        """Signs contexts."""
        return self.contexts.signing

    @property
    def log(self) -> SigningKey:
        """Signs heads of the message log."""
        return self.logs.signing


def load(folder: Path, *, context: str = "", log: str = "", subject: str = "") -> Keys:
    """`context` and `log` are texts of keys, `subject` 32 bytes in hexadecimal; an empty one is read from the folder,
    and made there when it is missing. Raises ValueError for a key that is none."""
    seed = bytes.fromhex(subject or _kept(folder / "subject.key", lambda: secrets.token_hex(_SUBJECT_KEY_BYTES)))
    if len(seed) != _SUBJECT_KEY_BYTES:
        raise ValueError("the subject key is 32 bytes in hexadecimal")
    return Keys(
        contexts=ring(context or _kept(folder / "context.pem", new_pem)),
        logs=ring(log or _kept(folder / "log.pem", new_pem)),
        subject=seed,
    )


def split(text: str) -> list[str]:
    """The keys of a text, one by one, each with its `Until`."""
    return [found.group() for found in _KEY.finditer(text)]


def ring(text: str) -> Ring:
    """The keys of a text. Raises ValueError when the first does not sign, or one is no key of ours."""
    texts = split(text)
    if not texts:
        raise ValueError("there is no key in PEM")
    private = serialization.load_pem_private_key(_pem(texts[0]).encode(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("signing keys are Ed25519")
    known = tuple(map(known_key, texts))
    return Ring(SigningKey(known[0].id, private), known)


def known_key(text: str) -> KnownKey:
    """What one of `split`'s keys is known by. Raises ValueError for a key that is none of ours."""
    found = _KEY.fullmatch(text)
    pem = _pem(text).encode()
    public = (
        serialization.load_pem_public_key(pem)
        if "PUBLIC" in text
        else serialization.load_pem_private_key(pem, password=None).public_key()
    )
    if found is None or not isinstance(public, Ed25519PublicKey):
        raise ValueError("signing keys are Ed25519")
    until = found["until"]
    return KnownKey(OKPKey.import_key(pem).thumbprint(), public, int(until) if until else None)


def new_pem() -> str:
    """A new private key."""
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def _pem(text: str) -> str:
    return text[text.index("-----BEGIN") :]


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

"""Pairwise subjects: each application knows a person under another name, and only the mediator can translate."""

import base64
import binascii
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.mediation.headers import InvalidRequest
from gateway.members.model import ClientId


class Subjects:
    """AES-SIV (RFC 5297) under a key for each application, derived from the mediator's subject key.

    Deterministic, so that a person keeps her name; authentic, so that a made-up name does not translate.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._ciphers: dict[str, AESSIV] = {}

    def name(self, person: UUID, application: ClientId) -> str:
        """The person's name for this application, 43 characters of base64url."""
        return base64.urlsafe_b64encode(self._cipher(application).encrypt(person.bytes, None)).rstrip(b"=").decode()

    def person(self, name: str, application: ClientId) -> UUID:
        """Whom the application means by a name. Raises InvalidRequest for a name that it was never given."""
        try:
            sealed = base64.b64decode(name + "=" * (-len(name) % 4), altchars=b"-_", validate=True)
            return UUID(bytes=self._cipher(application).decrypt(sealed, None))
        except (ValueError, InvalidTag, binascii.Error):
            raise InvalidRequest("Baraza-On-Behalf-Of names nobody that the caller knows.") from None

    def _cipher(self, application: ClientId) -> AESSIV:
        about = str(application)
        if about not in self._ciphers:
            derived = HKDF(SHA512(), 64, salt=None, info=f"baraza-subject {about}".encode()).derive(self._key)
            self._ciphers[about] = AESSIV(derived)
        return self._ciphers[about]

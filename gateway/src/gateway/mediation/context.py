"""Baraza-Context: what the mediator vouches for towards a block, a signed token of at most a minute.

A context is remembered for a while and sent again: signing costs a tenth of a call's whole budget, and the same
caller, person and block yield the same claims.
"""

import base64
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from gateway.callers.model import Application, Person
from gateway.keys import SigningKey
from gateway.mediation.subjects import Subjects
from gateway.members.model import ClientId

LIFE_SECONDS = 60
_REUSED_SECONDS = 20  # a block always gets one with at least LIFE_SECONDS less this to live, or as long as the tokens
_REMEMBERED = 20_000

Claims = dict[str, Any]  # a JSON object


@dataclass(frozen=True, slots=True)
class Vouched:
    """For whom a context speaks. `absent` is the person for whom the application acts by Baraza-On-Behalf-Of; without
    `person` and `absent` the application acts for itself."""

    application: Application | None
    person: Person | None
    absent: UUID | None = None

    @property
    def subject(self) -> UUID | None:
        """The person for whom the call is made."""
        return self.person.id if self.person else self.absent


def claims(
    vouched: Vouched, block: ClientId, subjects: Subjects, *, issuer: str, at: datetime, token_id: str
) -> Claims:
    """What is signed. No context outlives the tokens that it stands for."""
    issued = int(at.timestamp())
    bearers = [bearer for bearer in (vouched.application, vouched.person) if bearer]
    told: Claims = {
        "iss": issuer,
        "aud": block.application,
        "iat": issued,
        "exp": min([issued + LIFE_SECONDS, *(bearer.expires for bearer in bearers)]),
        "jti": token_id,
        "app": str(vouched.application.client) if vouched.application else "",
        "scopes": sorted({scope for bearer in bearers for scope in bearer.scopes}),
    }
    if vouched.subject is not None:
        told["sub"] = subjects.name(vouched.subject, block)
    if vouched.person is not None:
        told["roles"] = sorted(vouched.person.roles)
        told |= vouched.person.authentication
    return told


class Contexts:
    """Signs contexts with one key and remembers them."""

    def __init__(self, key: SigningKey, subjects: Subjects, issuer: str) -> None:
        self._key = key
        self._subjects = subjects
        self._issuer = issuer
        header = {"alg": "Ed25519", "kid": key.id, "typ": "baraza-context+jwt"}
        self._header = _base64url(orjson.dumps(header))
        self._signed: OrderedDict[tuple[object, ...], tuple[float, str]] = OrderedDict()

    def token(self, vouched: Vouched, block: ClientId, *, at: datetime) -> str:
        """The context to send, a compact JWS (RFC 7515 §3.1); a remembered one while it has long enough to live."""
        app, person = vouched.application, vouched.person
        about = (app and app.digest, person and person.digest, vouched.absent, block)
        now = at.timestamp()
        until, token = self._signed.get(about, (0.0, ""))
        if until <= now:
            told = claims(
                vouched, block, self._subjects, issuer=self._issuer, at=at, token_id=secrets.token_urlsafe(16)
            )
            token = self.sign(told)
            self._remember(about, min(now + _REUSED_SECONDS, told["exp"] - 1), token)
        return token

    def sign(self, told: Claims) -> str:
        """A compact JWS over the claims."""
        signed = self._header + b"." + _base64url(orjson.dumps(told))
        return (signed + b"." + _base64url(self._key.sign(signed))).decode()

    def _remember(self, about: tuple[object, ...], until: float, token: str) -> None:
        self._signed[about] = (until, token)
        self._signed.move_to_end(about)
        if len(self._signed) > _REMEMBERED:
            self._signed.popitem(last=False)


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")

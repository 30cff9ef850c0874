"""Authlib's authorization server, joined to one transaction.

Authlib's Flask integration keeps its storage functions in a server that lives as long as the app and commits by itself.
Ours must live in the transaction that the handler opened, so a server is made for each request (it is a few lists) from
Authlib's framework-free classes: the grants, PKCE, the OpenID extension, client authentication and revocation are
Authlib's; what is stored, signed and answered is ours.
"""

# Authlib has no types.
# mypy: disable-error-code="no-untyped-call"
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Payload, OAuth2Request
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Request, Response
from joserfc import jwt

import contracts
from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.clients import actions as clients
from identity.clients import store as client_store
from identity.clients.model import Client, Grant, State
from identity.keys import actions as keys
from identity.settings import Settings
from identity.tokens import model, store
from identity.tokens.model import Issued, SignedIn

# Authlib tells issued tokens and secrets' owners at DEBUG; no log of ours may hold them.
logging.getLogger("authlib").setLevel(logging.INFO)


class Applicant(ClientMixin):
    """A client as Authlib asks about it."""

    def __init__(self, client: Client, sealer: Sealer) -> None:
        self.client = client
        self._sealer = sealer

    def get_client_id(self) -> str:
        return self.client.id

    def get_default_redirect_uri(self) -> None:
        """None: a redirect URI is always named, so that it can be compared."""

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(model.asked(scope, self.client.scopes, contracts.scopes()))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.client.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return clients.proves(self.client, client_secret, sealer=self._sealer)

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code" and Grant.AUTHORIZATION_CODE in self.client.grant_types

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in self.client.grant_types


class _Payload(OAuth2Payload):
    def __init__(self, request: Request) -> None:
        self._values = request.values

    @property
    def data(self) -> Any:
        return self._values

    @property
    def datalist(self) -> Any:
        return {name: self._values.getlist(name) for name in self._values}


class _Request(OAuth2Request):
    """A request at the issuer's address, whatever proxy ends its TLS; so an issuer without TLS answers on this machine
    only (RFC 6749 §3.1)."""

    def __init__(self, request: Request, issuer: str) -> None:
        super().__init__(request.method, issuer + request.path, headers=request.headers)
        self.payload: Any = _Payload(request)
        self._form = request.form

    @property
    def form(self) -> Any:
        return self._form


class _Issuer(IssuerParameter):
    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs."""

    kid: str
    key: Any  # joserfc's RSAKey

    def sign(self, claims: dict[str, Any], kind: str) -> str:
        """A JWT of this `typ`."""
        header = {"alg": "RS256", "kid": self.kid, "typ": kind}
        return jwt.encode(header, claims, self.key, algorithms=["RS256"])


class Server(AuthorizationServer):
    """The authorization server of one request."""

    def __init__(self, tx: Transaction, *, at: datetime, settings: Settings, sealer: Sealer) -> None:
        super().__init__()
        self.tx, self.at, self.settings, self.sealer = tx, at, settings, sealer
        self._issued: dict[str, UUID] = {}
        self._signer: Signer | None = None
        self.register_token_generator("default", self._make_token)
        self.register_extension(_Issuer(settings.issuer))

    @property
    def signer(self) -> Signer:
        """Fetched when something is signed."""
        if self._signer is None:
            self._signer = Signer(*keys.signer(self.tx, bits=self.settings.key_bits, at=self.at, sealer=self.sealer))
        return self._signer

    def pairwise(self, account_id: UUID, client_id: str) -> str:
        """The person's subject for one client (OpenID Connect Core §8.1): keyed, so that neither the platform's subject
        nor another client's can be computed from it."""
        return self.sealer.digest(f"{client_id}\0{account_id}", "subject.pairwise")

    def answer(self, request: Request) -> Response:
        """The token endpoint's answer, an error of RFC 6749 §5.2 among them."""
        response: Response = self.create_token_response(request)
        return response

    def revocation(self, request: Request) -> Response:
        """The revocation endpoint's answer."""
        response: Response = self.create_endpoint_response("revocation", request)
        return response

    def refused(self, error: OAuth2Error) -> Response | None:
        """The redirect that tells a client of an error, with our name (RFC 9207); None when there is nowhere safe to
        redirect to."""
        if not error.redirect_uri:
            return None
        response: Response = self.handle_error_response(None, error)
        response.location = add_params_to_uri(response.location, {"iss": self.settings.issuer})
        return response

    # What Authlib asks of a server.

    def query_client(self, client_id: str) -> Applicant | None:
        found = client_store.known(self.tx, client_id)
        return Applicant(found, self.sealer) if found is not None and found.state is State.ACTIVE else None

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        code = getattr(request, "authorization_code", None)
        store.add_issued(
            self.tx,
            Issued(
                jti=self._issued.pop(token["access_token"]),
                client_id=str(request.client.get_client_id()),
                expires_at=self.at + timedelta(seconds=token["expires_in"]),
                account_id=request.user.account_id if request.user else None,
                code_digest=code.code.digest if code else None,
            ),
        )

    def create_oauth2_request(self, request: Request) -> OAuth2Request:
        return _Request(request, self.settings.issuer)

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        text = orjson.dumps(body) if isinstance(body, dict) else body
        response = Response(text, status, headers=headers)
        response.headers["Cache-Control"] = "no-store"
        return response

    def send_signal(self, name: str, *_: Any, **__: Any) -> None:
        """Nobody listens."""

    def _make_token(
        self, *, grant_type: str, client: Applicant, user: SignedIn | None = None, scope: str | None = None, **_: Any
    ) -> dict[str, Any]:
        settings, own, jti = self.settings, client.client, uuid4()
        claims: dict[str, Any] = {
            "iss": settings.issuer,
            "aud": settings.audience,
            "iat": int(self.at.timestamp()),
            "jti": str(jti),
            "client_id": own.id,
        }
        if user is None:
            seconds = settings.application_token_seconds
            scopes = model.of_application(scope, own.code, own.scopes, contracts.scopes())
            claims |= {"sub": own.id}
        else:
            seconds = settings.person_token_seconds
            scopes = model.of_person(scope or "", user.roles, own.scopes, contracts.scopes())
            claims |= {"sub": str(user.account_id), "roles": sorted(user.roles)}
            claims |= {"auth_time": int(user.auth_time.timestamp()), "acr": user.acr}
        claims |= {"exp": claims["iat"] + seconds, "scope": " ".join(scopes)}
        token = self.signer.sign(claims, "at+jwt")
        self._issued[token] = jti
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": claims["scope"]}

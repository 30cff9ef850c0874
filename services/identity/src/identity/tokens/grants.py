"""The grants that identity offers, as Authlib's classes with our storage."""

# Authlib has no types.
# mypy: disable-error-code="no-untyped-call"
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError, grants
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.people import store as people
from identity.settings import Settings
from identity.tokens import bearer, store
from identity.tokens.engine import Applicant, Server
from identity.tokens.model import Code, Issued, SignedIn


def code_digest(code: str, sealer: Sealer) -> str:
    """What a code is found by."""
    return sealer.digest(code, "authorization_code")


@dataclass(frozen=True)
class Redeemed:
    """A code as Authlib asks about it."""

    code: Code

    @property
    def code_challenge(self) -> str:
        return self.code.challenge

    @property
    def code_challenge_method(self) -> str:
        return "S256"

    def get_redirect_uri(self) -> str:
        return self.code.redirect_uri

    def get_scope(self) -> str:
        return self.code.scope

    def get_nonce(self) -> str | None:
        return self.code.nonce

    def get_auth_time(self) -> int:
        return int(self.code.auth_time.timestamp())

    def get_acr(self) -> str:
        return self.code.acr

    def get_amr(self) -> list[str]:
        return ["pwd"]


class CodeGrant(grants.AuthorizationCodeGrant):
    """Authorization code: once, for a minute, for the client and address that it was made for."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012 - as Authlib's
    server: Server

    def generate_authorization_code(self) -> str:
        return secrets.token_urlsafe(32)

    def save_authorization_code(self, code: str, request: Any) -> None:
        user: SignedIn = request.user
        server = self.server
        store.add_code(
            server.tx,
            Code(
                digest=code_digest(code, server.sealer),
                client_id=request.client.get_client_id(),
                account_id=user.account_id,
                redirect_uri=request.payload.redirect_uri,
                scope=request.scope,
                nonce=request.payload.data.get("nonce"),
                challenge=request.payload.data["code_challenge"],
                auth_time=user.auth_time,
                acr=user.acr,
                expires_at=server.at + timedelta(seconds=server.settings.code_seconds),
            ),
        )

    def query_authorization_code(self, code: str, client: Applicant) -> Redeemed | None:
        server = self.server
        digest = code_digest(code, server.sealer)
        found = store.locked_code(server.tx, digest, client.get_client_id())
        if found is not None and found.redeemed_at is not None:
            store.revoke_of_code(server.tx, digest, server.at)  # RFC 6749 §4.1.2: a replayed code takes back its tokens
            return None
        return Redeemed(found) if found is not None and server.at < found.expires_at else None

    def delete_authorization_code(self, authorization_code: Redeemed) -> None:
        """Kept until it has ended, so that a replay is known."""
        store.redeem(self.server.tx, authorization_code.code.digest, self.server.at)

    def authenticate_user(self, authorization_code: Redeemed) -> SignedIn | None:
        code = authorization_code.code
        account = people.find(self.server.tx, code.account_id, self.server.sealer)
        if not account.honours(code.auth_time):
            return None
        return SignedIn(account.id, account.display_name, account.all_roles, code.auth_time, code.acr)


class S256(CodeChallenge):
    """PKCE for everyone, by S256 alone (RFC 9700 §2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012 - Authlib's own name and form

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE is needed: code_challenge with code_challenge_method=S256.")
        super().validate_code_challenge(grant, redirect_uri)


class OpenID(OpenIDCode):
    """The ID token: pairwise subject, signed by the key that signs access tokens, of another type."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self._client_id = ""

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        self._client_id = request.client.get_client_id()
        return str(super().encode_id_token(token, request))

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        """The client compares it; a code is good once anyhow."""
        return False

    def get_client_claims(self, client: Applicant) -> dict[str, Any]:
        issued = int(self._server.at.timestamp())
        ends = issued + self._server.settings.person_token_seconds
        return {"iss": self._server.settings.issuer, "aud": client.get_client_id(), "iat": issued, "exp": ends}

    def get_encode_header(self, client: Applicant) -> dict[str, str]:
        return {"alg": "RS256", "kid": self._server.signer.kid, "typ": "JWT"}

    def resolve_client_private_key(self, client: Applicant) -> Any:
        return self._server.signer.key

    def generate_user_info(self, user: SignedIn, scope: str) -> UserInfo:
        return UserInfo(person(self._server, user, self._client_id, scope))


def person(server: Server, user: SignedIn, client_id: str, scope: str) -> dict[str, Any]:
    """What a client may know of a person."""
    about: dict[str, Any] = {"sub": server.pairwise(user.account_id, client_id)}
    if "profile" in scope.split():
        about["name"] = user.display_name
    return about


class ApplicationGrant(grants.ClientCredentialsGrant):
    """An application for itself."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012 - as Authlib's


class Revocation(RevocationEndpoint):
    """A client gives a token back (RFC 7009). Verifiers that keep to themselves accept it until it ends; userinfo does
    not."""

    CLIENT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012 - Authlib's own name and form

    def query_token(self, token_string: str, token_type_hint: str | None) -> "_Given | None":
        server: Server = self.server
        try:
            issued, _ = bearer.read(server.tx, token_string, at=server.at, settings=server.settings)
        except bearer.TokenNotValid:
            return None
        return _Given(issued)

    def revoke_token(self, token: "_Given", request: Any) -> None:
        store.revoke(self.server.tx, token.issued.jti, self.server.at)


@dataclass(frozen=True)
class _Given:
    issued: Issued

    def check_client(self, client: Applicant) -> bool:
        return self.issued.client_id == client.get_client_id()


def server(tx: Transaction, *, at: datetime, settings: Settings, sealer: Sealer) -> Server:
    """The authorization server with all that identity offers."""
    made = Server(tx, at=at, settings=settings, sealer=sealer)
    made.register_grant(CodeGrant, [S256(required=True), OpenID(made)])
    made.register_grant(ApplicationGrant)
    made.register_endpoint(Revocation)
    return made

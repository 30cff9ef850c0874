"""What identity's tests stand on; the chassis' plugin gives database, broker, app and client.

`browser()` is a person's browser without scripts: it keeps cookies, fills forms in, and follows no redirect by itself.
`portal` and `forum` are registered relying parties that redeem codes as they should.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from authlib.common.encoding import to_unicode, urlsafe_b64encode
from httpx import Response
from joserfc import jwt
from joserfc.jwk import KeySet
from starlette.testclient import TestClient

from chassis.app import App
from chassis.database import Database
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.client import Speaker
from identity.actors import SEED
from identity.app import SERVICE
from identity.clients import actions as clients
from identity.clients.model import Grant, Wanted
from identity.people import actions as people
from identity.people.model import Account, Registration, Role
from identity.people.passwords import Passwords
from identity.settings import Settings

VERIFIER = "a-verifier-that-is-long-enough-to-be-taken-as-one"
PASSWORD = "wild geese fly north"


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str, speaker: Speaker) -> Settings:
    """Small keys and cheap hashes: what is tested is not their strength."""
    return Settings(
        port=0,
        database_url=database_url,
        context_keys=str(speaker.write_keys(tmp_path)),
        sealing_key="5e" * 32,
        key_bits=2048,
        argon2_kib=64,
        argon2_passes=1,
    )


@dataclass
class Page:
    """An answer to a browser."""

    answer: Response

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def location(self) -> str:
        return self.answer.headers["location"]

    @property
    def told(self) -> dict[str, str]:
        """The query of the address that the browser is sent to."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.location).query).items()}

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's form."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.text)
        return {name: unescape(value) for name, value in found}


class Browser:
    """One person's browser."""

    def __init__(self, app: App, address: str = "192.0.2.7") -> None:
        self.http = TestClient(
            app, "http://127.0.0.1:8101", raise_server_exceptions=False, client=(address, 50000), follow_redirects=False
        )

    def get(self, path: str, **query: str) -> Page:
        return Page(self.http.get(path, params=query or None))

    def post(self, path: str, form: dict[str, str]) -> Page:
        return Page(self.http.post(path, data=form))

    def sign_in(self, login: str, password: str = PASSWORD, next: str = "") -> Page:  # noqa: A002 - the field's name
        page = self.get("/sign-in", **({"next": next} if next else {}))
        return self.post("/sign-in", page.hidden() | {"login": login, "password": password})

    def register(self, login: str, password: str = PASSWORD, name: str = "Ada", next: str = "") -> Page:  # noqa: A002 - the form's own name
        page = self.get("/register", **({"next": next} if next else {}))
        return self.post("/register", page.hidden() | {"login": login, "password": password, "display_name": name})


@pytest.fixture
def browser(app: App) -> Callable[..., Browser]:
    return lambda address="192.0.2.7": Browser(app, address)


@dataclass
class RelyingParty:
    """An ordinary OpenID client."""

    http: TestClient
    id: str
    secret: str
    redirect_uri: str
    query: dict[str, str] = field(default_factory=dict)

    def request(self, **changes: str | None) -> dict[str, str]:
        """The query of an authorization request; None leaves a member out."""
        challenge = to_unicode(urlsafe_b64encode(sha256(VERIFIER.encode()).digest()))
        asked = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid profile",
            "state": "s-1",
            "nonce": "n-1",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (asked | changes).items() if value is not None}

    def address(self, **changes: str | None) -> str:
        return f"/authorize?{urlencode(self.request(**changes))}"

    def ask(self, form: dict[str, str], secret: str | None = None, path: str = "/oauth/v2/token") -> Response:
        """Authenticated by client_secret_basic, both parts form-encoded as RFC 6749 §2.3.1 says."""
        return self.http.post(path, data=form, auth=(quote(self.id, safe=""), quote(secret or self.secret, safe="")))

    def redeem(self, given: str, **changes: str) -> Response:
        form = {"grant_type": "authorization_code", "code": given, "redirect_uri": self.redirect_uri}
        return self.ask(form | {"code_verifier": VERIFIER} | changes)

    def verified(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims, verified with the published keys."""
        keys = KeySet.import_key_set(self.http.get("/.well-known/jwks.json").json())
        decoded = jwt.decode(token, keys, algorithms=["RS256"])
        return dict(decoded.header), dict(decoded.claims)


@pytest.fixture
def relying_party(app: App, clock: Callable[[], datetime]) -> Callable[..., RelyingParty]:
    """`relying_party("forum", scopes=…)` registers one and gives it its secret."""

    def register(code: str, **changes: Any) -> RelyingParty:
        redirect_uri = f"https://{code}.example/callback?from=identity"
        wanted = Wanted(
            **{
                "name": code.title(),
                "grant_types": (Grant.AUTHORIZATION_CODE, Grant.CLIENT_CREDENTIALS),
                "redirect_uris": (redirect_uri,),
                "sign_out_uris": (f"https://{code}.example/",),
                **changes,
            }
        )
        own = app.runtime
        with own.transaction() as tx:
            client, secret, _ = clients.put(
                tx, f"BARAZA/GOV/1001/{code}", wanted, by=SEED, at=clock(), sealer=own.sealer
            )
        assert secret is not None
        http = TestClient(app, "http://127.0.0.1:8101", raise_server_exceptions=False, follow_redirects=False)
        return RelyingParty(http, client.id, secret, redirect_uri)

    return register


@pytest.fixture
def portal(relying_party: Callable[..., RelyingParty]) -> RelyingParty:
    return relying_party("portal")


@pytest.fixture
def account(app: App, database: Database, clock: Callable[[], datetime]) -> Callable[..., Account]:
    """`account("ada@example.org", Role.OFFICIAL)` opens one with the tests' password."""

    def open_account(login: str, *roles: Role) -> Account:
        own = app.runtime
        wanted = Registration(login, "Ada", PASSWORD, frozenset(roles))
        ready, hash_ = people.prepared(wanted, settings=own.settings, passwords=Passwords(own.settings))
        with database.transaction() as tx:
            return people.open_account(tx, ready, hash_, by=SEED, at=clock(), sealer=own.sealer)

    return open_account


@pytest.fixture
def code_for(browser: Callable[..., Browser], account: Callable[..., Account]) -> Callable[..., str]:
    """`code_for(portal)` is a code of a person who has just signed in."""
    made: list[str] = []

    def get(party: RelyingParty, *roles: Role, **changes: str | None) -> str:
        login = f"person{len(made)}@example.org"
        made.append(login)
        account(login, *roles)
        person = browser()
        person.sign_in(login)
        return person.get(party.address(**changes)).told["code"]

    return get

"""Identity's tokens: what is accepted, what is refused, what is remembered."""

import base64
import hmac
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import make
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import Key

from chassis.errors import Unavailable
from gateway.callers.keys import IdentityKeys, IdentityUnavailable
from gateway.callers.model import AuthenticationFailed
from gateway.callers.tokens import Tokens


class Identity:
    """Hands out its keys and counts how often it is asked."""

    def __init__(self, *keys: Key) -> None:
        self.document: Any = make.jwks(*keys)
        self.asked = 0
        self.down = False
        self.seconds = 1000.0

    async def fetch(self) -> Any:
        self.asked += 1
        if self.down:
            raise Unavailable("away")
        return self.document

    def tokens(self) -> Tokens:
        return Tokens(IdentityKeys(self.fetch, lambda: self.seconds), make.ISSUER, "baraza")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("key", [make.RSA, make.EC, make.ED], ids=["RS256", "ES256", "Ed25519"])
async def test_identitys_algorithms_are_accepted(key: Key) -> None:
    application = await Identity().tokens().application(make.application_token(key=key, scope="b a"), at=now())

    assert str(application.client) == make.client("portal")
    assert application.scopes == {"a", "b"}


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
async def test_the_older_name_of_ed25519_is_accepted() -> None:
    await Identity().tokens().application(make.application_token(key=make.ED, header={"alg": "EdDSA"}), at=now())


async def test_a_persons_token_says_roles_and_sign_in() -> None:
    person = await Identity().tokens().person(make.person_token(roles=["official"], acr="2", auth_time=5), at=now())

    assert (person.id, person.roles, person.authentication) == (make.ADA, {"official"}, {"acr": "2", "auth_time": 5})


def by_hand(header: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """A token as no honest library makes it, with the claims of a good one."""
    head = base64.urlsafe_b64encode(orjson.dumps({"kid": "rsa-1", "typ": "at+jwt"} | header)).rstrip(b"=").decode()
    signed = f"{head}.{make.application_token().split('.')[1]}"
    return f"{signed}.{base64.urlsafe_b64encode(sign(signed.encode())).rstrip(b'=').decode()}"


def confused() -> str:
    """Signed with HMAC under the public RSA key, as if that were a secret."""
    secret = make.RSA.as_pem(private=False)
    return by_hand({"alg": "HS256"}, lambda data: hmac.digest(secret, data, "sha256"))


def rsa(data: bytes) -> bytes:
    return make.RSA.private_key.sign(data, PKCS1v15(), SHA256())


def tampered() -> str:
    head, _, signature = make.application_token().split(".")
    return f"{head}.{make.application_token('engagement').split('.')[1]}.{signature}"


BAD: dict[str, Callable[[], str]] = {
    "another key of the same id": lambda: make.application_token(key=make.STRANGER),
    "unsigned": lambda: by_hand({"alg": "none"}, lambda _: b""),
    "confused": confused,
    "tampered": tampered,
    "no token": lambda: "abc",
    "not ascii": lambda: "é.é.é",
    "too long": lambda: make.application_token(scope="a" * 9000),
    "unknown key": lambda: make.application_token(header={"kid": "other"}),
    "no key id": lambda: make.application_token(header={"kid": ""}),
    "id token": lambda: make.application_token(header={"typ": "JWT"}),
    "other issuer": lambda: make.application_token(iss="http://elsewhere.example"),
    "other audience": lambda: make.application_token(aud="another"),
    "no audience": lambda: make.application_token(aud=None),
    "expired": lambda: make.application_token(exp=int(now().timestamp()) - 1),
    "no end": lambda: make.application_token(exp=None),
    "an end that is no number": lambda: make.application_token(exp="never"),
    "not yet": lambda: make.application_token(nbf=int(now().timestamp()) + 60),
    "issued in the future": lambda: make.application_token(iat=int(now().timestamp()) + 60),
    "a person's token": make.person_token,
    "no client": lambda: make.application_token(client_id=None),
    "a client that is none": lambda: make.application_token(client_id="x", sub="x"),
    "scopes that are none": lambda: make.application_token(scope=["a"]),  # type: ignore[arg-type]
    "critical extension": lambda: by_hand({"alg": "RS256", "crit": ["x"], "x": 1}, rsa),
}


@pytest.mark.parametrize("token", BAD.values(), ids=BAD.keys())
async def test_what_proves_no_application(token: Callable[[], str]) -> None:
    with pytest.raises(AuthenticationFailed):
        await Identity().tokens().application(token(), at=now())


async def test_a_token_made_by_hand_as_it_should_be_is_accepted() -> None:
    await Identity().tokens().application(by_hand({"alg": "RS256"}, rsa), at=now())


async def test_an_audience_may_be_one_of_several() -> None:
    await Identity().tokens().application(make.application_token(aud=["x", "baraza"]), at=now())


@pytest.mark.parametrize(
    "token",
    [make.application_token, lambda: make.person_token(roles="official"), lambda: make.person_token(sub=7)],
)
async def test_what_proves_no_person(token: Callable[[], str]) -> None:
    with pytest.raises(AuthenticationFailed):
        await Identity().tokens().person(token(), at=now())


async def test_a_verified_token_is_remembered_for_sixty_seconds_and_no_longer() -> None:
    identity, token, at = Identity(), make.application_token(exp=int(now().timestamp()) + 3600), now()
    tokens = identity.tokens()
    await tokens.application(token, at=at)
    identity.document = make.jwks(make.STRANGER)  # identity has withdrawn the key
    identity.seconds += 3600

    await tokens.application(token, at=at + timedelta(seconds=59))
    assert identity.asked == 1
    with pytest.raises(AuthenticationFailed):
        await tokens.application(token, at=at + timedelta(seconds=60))


async def test_a_remembered_token_still_expires() -> None:
    token, at = make.application_token(exp=int(now().timestamp()) + 10), now()
    tokens = Identity().tokens()
    await tokens.application(token, at=at)

    with pytest.raises(AuthenticationFailed):
        await tokens.application(token, at=at + timedelta(seconds=11))


async def test_a_remembered_application_is_not_taken_for_a_person() -> None:
    tokens, token = Identity().tokens(), make.application_token()
    await tokens.application(token, at=now())

    with pytest.raises(AuthenticationFailed):
        await tokens.person(token, at=now())


async def refuse(call: Awaitable[object]) -> None:
    with pytest.raises(AuthenticationFailed):
        await call


async def test_unknown_keys_make_identity_asked_once_in_ten_seconds() -> None:
    identity = Identity(make.RSA)
    tokens = identity.tokens()

    for number in range(20):
        await refuse(tokens.application(make.application_token(header={"kid": f"forged-{number}"}), at=now()))
    assert identity.asked == 1
    identity.seconds += 10
    identity.document = make.jwks(make.RSA, make.EC)

    await tokens.application(make.application_token(key=make.EC), at=now())
    assert identity.asked == 2


async def test_known_keys_serve_while_identity_is_away() -> None:
    identity = Identity()
    tokens = identity.tokens()
    await tokens.application(make.application_token("registry"), at=now())
    identity.down = True
    identity.seconds += 3600

    await tokens.application(make.application_token(), at=now())
    identity.document = {"keys": "nonsense"}
    identity.down = False
    identity.seconds += 3600
    await tokens.application(make.application_token("engagement"), at=now())


async def test_without_any_key_nobody_is_turned_away_as_a_forger_and_identity_is_asked_again_soon() -> None:
    identity = Identity()
    identity.down = True
    tokens = identity.tokens()

    with pytest.raises(IdentityUnavailable):
        await tokens.application(make.application_token(), at=now())
    identity.down = False
    identity.seconds += 1

    await tokens.application(make.application_token(), at=now())

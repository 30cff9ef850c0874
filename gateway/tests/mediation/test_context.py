"""The signed context, checked with another library than the one that signs."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import make
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gateway.callers.model import Application, Person
from gateway.keys import KnownKey, SigningKey
from gateway.mediation.context import Contexts, Vouched
from gateway.mediation.subjects import Subjects
from gateway.members.model import ClientId

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
KEY = SigningKey("k1", Ed25519PrivateKey.generate())
KNOWN = KnownKey("k1", KEY.private.public_key())
SUBJECTS = Subjects(bytes(32))
REGISTRY = ClientId.parse(make.client("registry"))
PORTAL = Application(ClientId.parse(make.client("portal")), frozenset({"b", "a"}), SECONDS + 300, b"app")
ADA = Person(make.ADA, frozenset({"official"}), frozenset({"c"}), SECONDS + 300, b"ada", {"acr": "2", "auth_time": 7})


def contexts() -> Contexts:
    return Contexts(KEY, SUBJECTS, "BARAZA/GOV/1001")


def read(token: str) -> jwt.Token:
    return jwt.decode(token, KeySet.import_key_set({"keys": [KNOWN.jwk()]}), algorithms=["Ed25519"])


def test_a_context_says_what_the_tokens_prove() -> None:
    decoded = read(contexts().token(Vouched(PORTAL, ADA), REGISTRY, at=NOW))

    assert decoded.header == {"alg": "Ed25519", "kid": "k1", "typ": "baraza-context+jwt"}
    assert decoded.claims.pop("jti")
    assert decoded.claims == {
        "iss": "BARAZA/GOV/1001",
        "aud": "registry",
        "iat": SECONDS,
        "exp": SECONDS + 60,
        "app": "BARAZA/GOV/1001/portal",
        "scopes": ["a", "b", "c"],
        "sub": SUBJECTS.name(make.ADA, REGISTRY),
        "roles": ["official"],
        "acr": "2",
        "auth_time": 7,
    }


def test_an_application_acting_for_a_person_brings_neither_roles_nor_a_sign_in() -> None:
    claims = read(contexts().token(Vouched(PORTAL, None, make.ADA), REGISTRY, at=NOW)).claims

    assert claims["sub"] == SUBJECTS.name(make.ADA, REGISTRY)
    assert claims["scopes"] == ["a", "b"]
    assert not {"roles", "acr", "auth_time"} & claims.keys()


def test_an_application_acting_for_itself_names_no_person() -> None:
    assert "sub" not in read(contexts().token(Vouched(PORTAL, None), REGISTRY, at=NOW)).claims


def test_a_context_ends_with_the_tokens_that_it_stands_for() -> None:
    short = Person(make.ADA, frozenset(), frozenset(), SECONDS + 12, b"short")

    assert read(contexts().token(Vouched(PORTAL, short), REGISTRY, at=NOW)).claims["exp"] == SECONDS + 12


def test_a_forged_context_does_not_verify() -> None:
    head, body, signature = contexts().token(Vouched(PORTAL, None), REGISTRY, at=NOW).split(".")

    with pytest.raises(JoseError):
        read(f"{head}.{body[:-4]}AAAA.{signature}")


def test_a_context_is_sent_again_while_it_has_long_to_live() -> None:
    own, vouched = contexts(), Vouched(PORTAL, ADA)
    first = own.token(vouched, REGISTRY, at=NOW)

    assert own.token(vouched, REGISTRY, at=NOW + timedelta(seconds=19)) == first
    assert own.token(vouched, REGISTRY, at=NOW + timedelta(seconds=20)) != first


def test_a_remembered_context_ends_with_the_tokens() -> None:
    own = contexts()
    short = Person(make.ADA, frozenset(), frozenset(), SECONDS + 5, b"short")
    first = own.token(Vouched(PORTAL, short), REGISTRY, at=NOW)

    assert own.token(Vouched(PORTAL, short), REGISTRY, at=NOW + timedelta(seconds=4)) != first


@pytest.mark.parametrize(
    "other",
    [
        Vouched(PORTAL, None),
        Vouched(PORTAL, None, make.ADA),
        Vouched(PORTAL, Person(uuid4(), ADA.roles, ADA.scopes, ADA.expires, b"other")),
        Vouched(Application(PORTAL.client, frozenset(), PORTAL.expires, b"other"), ADA),
        Vouched(None, ADA),
    ],
)
def test_nobody_gets_the_context_of_another(other: Vouched) -> None:
    own = contexts()
    first = own.token(Vouched(PORTAL, ADA), REGISTRY, at=NOW)

    assert own.token(other, REGISTRY, at=NOW) != first
    assert own.token(Vouched(PORTAL, ADA), ClientId.parse(make.client("engagement")), at=NOW) != first

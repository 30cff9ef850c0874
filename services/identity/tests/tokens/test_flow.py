"""A relying party signs a person in: the whole journey over HTTP, and what is refused on the way."""

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from chassis.clock import FixedClock
from identity.people.model import Role


def test_a_new_person_registers_and_comes_back_with_verified_tokens(browser: Any, portal: Any) -> None:
    person = browser()

    begun = person.get(portal.address(scope="openid profile engagement.contribute engagement.decide"))
    page = person.get(begun.location)
    form = page.hidden() | {"login": "Ada@Example.org", "password": "wild geese fly north", "display_name": "Ada"}
    on = person.post("/register", form)
    back = person.get(on.location)
    answer = portal.redeem(back.told["code"])

    assert begun.status == 303
    assert back.location.startswith(portal.redirect_uri + "&")
    assert (back.told["state"], back.told["iss"], back.told["from"]) == ("s-1", "http://127.0.0.1:8101", "identity")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    header, access = portal.verified(answer.json()["access_token"])
    assert (header["typ"], header["alg"]) == ("at+jwt", "RS256")
    assert (access["iss"], access["aud"]) == ("http://127.0.0.1:8101", "baraza")
    assert access["client_id"] == portal.id
    assert access["roles"] == ["participant"]
    assert access["acr"] == "idbb:acr:static-code"
    assert access["exp"] - access["iat"] == answer.json()["expires_in"] == 3600
    assert access["scope"] == "openid profile engagement.contribute"
    header, identity = portal.verified(answer.json()["id_token"])
    assert header["typ"] == "JWT"
    assert (identity["aud"], identity["nonce"], identity["name"]) == (portal.id, "n-1", "Ada")
    assert identity["auth_time"] == access["auth_time"]
    assert identity["sub"] != access["sub"]


def test_who_is_signed_in_goes_straight_back(browser: Any, portal: Any, account: Any) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")

    back = person.get(portal.address())

    assert back.status == 302
    assert "code" in back.told


def test_two_relying_parties_know_a_person_by_different_subjects(
    browser: Any, portal: Any, relying_party: Any, account: Any
) -> None:
    forum = relying_party("forum")
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")

    first, again, other = (
        party.verified(party.redeem(person.get(party.address()).told["code"]).json()["id_token"])[1]["sub"]
        for party in (portal, portal, forum)
    )

    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("roles", "asked", "given"),
    [
        ((), "openid engagement.contribute engagement.decide", "openid engagement.contribute"),
        ((Role.OFFICIAL,), "openid engagement.decide engagement.moderate", "openid engagement.decide"),
        ((Role.MODERATOR,), "engagement.decide engagement.moderate", "engagement.moderate"),
        ((Role.OFFICIAL,), "openid no.such-scope engagement.decide", "openid engagement.decide"),
        ((), "openid engagement.read", "openid"),
    ],
)
def test_roles_decide_what_a_persons_token_carries(
    portal: Any, code_for: Any, roles: tuple[Role, ...], asked: str, given: str
) -> None:
    answer = portal.redeem(code_for(portal, *roles, scope=asked)).json()

    assert answer["scope"] == given
    assert set(portal.verified(answer["access_token"])[1]["roles"]) == {"participant", *roles}


def test_who_asks_for_nothing_of_the_platform_gets_all_that_the_roles_hold(portal: Any, code_for: Any) -> None:
    answer = portal.redeem(code_for(portal, Role.OFFICIAL)).json()

    scopes = answer["scope"].split()
    assert {"engagement.contribute", "engagement.decide", "engagement.approve"} <= set(scopes)
    assert not {"engagement.moderate", "identity.manage-accounts"} & set(scopes)


def test_a_relying_party_from_outside_gets_no_scope_of_the_platform(relying_party: Any, code_for: Any) -> None:
    outside = relying_party("forum", scopes=("openid", "profile"))

    answer = outside.redeem(code_for(outside, Role.OFFICIAL)).json()

    assert answer["scope"] == "openid profile"


def test_userinfo_says_the_same_as_the_id_token(portal: Any, code_for: Any) -> None:
    tokens = portal.redeem(code_for(portal)).json()

    answer = portal.http.get("/oidc/userinfo", headers={"Authorization": f"Bearer {tokens['access_token']}"})

    claims = portal.verified(tokens["id_token"])[1]
    assert answer.json() == {"sub": claims["sub"], "name": claims["name"]}


@pytest.mark.parametrize("kind", ["id_token", "forged", "application", "missing"])
def test_userinfo_hears_nothing_but_a_persons_access_token(portal: Any, code_for: Any, kind: str) -> None:
    tokens = portal.redeem(code_for(portal)).json()
    application = portal.ask({"grant_type": "client_credentials"}).json()["access_token"]
    token = {
        "id_token": tokens["id_token"],
        "forged": tokens["access_token"][:-8] + "AAAAAAAA",
        "application": application,
        "missing": "",
    }[kind]

    answer = portal.http.get("/oidc/userinfo", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer error="invalid_token"')


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def test_no_other_algorithm_passes_for_ours(portal: Any, code_for: Any) -> None:
    token = portal.redeem(code_for(portal)).json()["access_token"]
    _, claims = portal.verified(token)
    public = portal.http.get("/.well-known/jwks.json").json()["keys"][0]
    payload = orjson.dumps(claims)
    unsigned = ".".join((_encoded(b'{"alg":"none","typ":"at+jwt"}'), _encoded(payload), ""))
    header = {"alg": "HS256", "typ": "at+jwt", "kid": public["kid"]}
    confused = jws.serialize_compact(header, payload, OctKey.import_key(public["n"]), algorithms=["HS256"])

    statuses = [
        portal.http.get("/oidc/userinfo", headers={"Authorization": f"Bearer {each}"}).status_code
        for each in (unsigned, confused)
    ]

    assert statuses == [401, 401]


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "another-verifier-that-is-long-enough-to-be-one-x"},
        {"code_verifier": ""},
        {"redirect_uri": "https://portal.example/callback"},
        {"redirect_uri": ""},
        {"code": "no-such-code"},
    ],
)
def test_a_code_is_redeemed_as_it_was_asked_for_or_not_at_all(
    portal: Any, code_for: Any, changes: dict[str, str]
) -> None:
    answer = portal.redeem(code_for(portal), **changes)

    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_grant", "invalid_request")
    assert "access_token" not in answer.json()


def test_a_code_is_for_the_client_that_asked_for_it(portal: Any, relying_party: Any, code_for: Any) -> None:
    forum = relying_party("forum")

    answer = forum.redeem(code_for(portal), redirect_uri=portal.redirect_uri)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_wrong_secret_is_refused_as_the_standard_says(portal: Any) -> None:
    answer = portal.ask({"grant_type": "client_credentials"}, secret="wrong")

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_a_secret_in_the_form_is_not_taken(portal: Any) -> None:
    form = {"grant_type": "client_credentials", "client_id": portal.id, "client_secret": portal.secret}

    answer = portal.http.post("/oauth/v2/token", data=form)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("grant", ["password", "refresh_token", "implicit", ""])
def test_other_grants_are_not_there(portal: Any, grant: str) -> None:
    answer = portal.ask({"grant_type": grant})

    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_a_grant_that_a_client_may_not_use_is_refused(relying_party: Any) -> None:
    forum = relying_party("forum", grant_types=("authorization_code",))

    answer = forum.ask({"grant_type": "client_credentials"})

    assert answer.json()["error"] == "unauthorized_client"


def test_a_code_lives_a_minute(portal: Any, code_for: Any, clock: FixedClock) -> None:
    code = code_for(portal)

    clock.move(seconds=60)

    assert portal.redeem(code).json()["error"] == "invalid_grant"


def test_a_replayed_code_takes_back_what_it_gave(portal: Any, code_for: Any) -> None:
    code = code_for(portal)
    token = portal.redeem(code).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    before = portal.http.get("/oidc/userinfo", headers=bearer).status_code

    replayed = portal.redeem(code)

    assert replayed.json()["error"] == "invalid_grant"
    assert (before, portal.http.get("/oidc/userinfo", headers=bearer).status_code) == (200, 401)


def test_of_many_redemptions_at_once_one_succeeds(portal: Any, code_for: Any) -> None:
    code = code_for(portal)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: portal.redeem(code).status_code, range(8)))

    assert sorted(statuses) == [200] + [400] * 7


def test_a_revoked_token_has_ended(portal: Any, relying_party: Any, code_for: Any) -> None:
    forum = relying_party("forum")
    token = portal.redeem(code_for(portal)).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}

    strangers = forum.ask({"token": token}, path="/oauth/v2/revoke")
    still = portal.http.get("/oidc/userinfo", headers=bearer).status_code
    owners = portal.ask({"token": token}, path="/oauth/v2/revoke")

    assert (strangers.json()["error"], still) == ("invalid_grant", 200)
    assert owners.status_code == 200
    assert portal.http.get("/oidc/userinfo", headers=bearer).status_code == 401


def test_an_application_token_speaks_for_the_application_alone(portal: Any) -> None:
    answer = portal.ask({"grant_type": "client_credentials"}).json()

    _, claims = portal.verified(answer["access_token"])
    assert claims["sub"] == claims["client_id"] == portal.id
    assert "engagement.read" in claims["scope"].split()
    assert "engagement.decide" not in claims["scope"].split()
    assert not {"roles", "auth_time"} & set(claims)
    assert "id_token" not in answer


def test_an_inactive_client_gets_nothing(relying_party: Any, browser: Any) -> None:
    ended = relying_party("forum", state="inactive")

    assert ended.ask({"grant_type": "client_credentials"}).status_code == 401
    assert browser().get(ended.address()).status == 400

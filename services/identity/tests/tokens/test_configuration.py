"""What the provider tells of itself is true."""

from typing import Any
from urllib.parse import urlsplit

from identity.keys.model import ALGORITHM


def test_discovery_is_truthful(browser: Any, portal: Any, code_for: Any) -> None:
    said = portal.http.get("/.well-known/openid-configuration").json()

    issuer = said["issuer"]
    endpoints = [value for name, value in said.items() if name.endswith("_endpoint") or name == "jwks_uri"]
    assert all(address.startswith(issuer + "/") for address in endpoints)
    there = [browser().http.options(urlsplit(address).path).status_code for address in endpoints]
    assert 404 not in there
    tokens = portal.redeem(code_for(portal)).json()
    header, claims = portal.verified(tokens["id_token"])
    assert claims["iss"] == issuer
    assert header["alg"] in said["id_token_signing_alg_values_supported"]
    assert claims["acr"] in said["acr_values_supported"]
    assert set(claims) <= set(said["claims_supported"])
    assert set(tokens["scope"].split()) <= set(said["scopes_supported"])


def test_the_key_set_holds_public_members_alone(portal: Any) -> None:
    portal.ask({"grant_type": "client_credentials"})

    (key,) = portal.http.get("/.well-known/jwks.json").json()["keys"]

    assert set(key) == {"kty", "kid", "use", "alg", "n", "e"}
    assert key["alg"] == ALGORITHM


def test_the_key_set_is_there_before_anything_was_signed(browser: Any) -> None:
    answer = browser().get("/.well-known/jwks.json")

    assert len(answer.answer.json()["keys"]) == 1

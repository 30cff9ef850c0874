"""The authorize endpoint: what leads back to the client, what never does, and when a person signs in again."""

from typing import Any

import pytest

from chassis.clock import FixedClock


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": "https://portal.example/callback"},
        {"redirect_uri": "https://portal.example/callback?from=identity&x=1"},
        {"redirect_uri": "https://PORTAL.example/callback?from=identity"},
        {"redirect_uri": "https://portal.example/callback?from=identity#x"},
        {"redirect_uri": '"><script>é'},
        {"redirect_uri": None},
        {"client_id": "BARAZA/GOV/1001/nobody"},
        {"client_id": None},
        {"response_type": "token", "redirect_uri": "https://evil.example/"},
        {"code_challenge": None, "redirect_uri": "//evil.example"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_clients(
    browser: Any, portal: Any, changes: dict[str, str | None]
) -> None:
    answer = browser().get(portal.address(**changes))

    assert answer.status == 400
    assert "location" not in answer.answer.headers
    assert "evil" not in answer.text.replace("evil.example%", "").split("<main")[1]
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"prompt": "none"}, "login_required"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"request": "eyJ"}, "request_not_supported"),
        ({"request_uri": "https://portal.example/r"}, "request_uri_not_supported"),
    ],
)
def test_what_a_client_asks_wrongly_it_is_told(
    browser: Any, portal: Any, changes: dict[str, str | None], error: str
) -> None:
    answer = browser().get(portal.address(**changes))

    assert answer.status == 302
    assert answer.location.startswith(portal.redirect_uri)
    assert (answer.told["error"], answer.told["state"]) == (error, "s-1")
    assert answer.told["iss"] == "http://127.0.0.1:8101"


def test_a_parameter_that_comes_twice_is_refused(browser: Any, portal: Any) -> None:
    answer = browser().get(portal.address() + "&redirect_uri=https%3A%2F%2Fevil.example")

    assert answer.status == 400


@pytest.mark.parametrize("prompt", ["login", "select_account"])
def test_a_client_can_ask_for_a_fresh_sign_in_and_gets_it_once(
    browser: Any, portal: Any, account: Any, prompt: str
) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")

    asked = person.get(portal.address(prompt=prompt))
    back = person.get(person.sign_in("ada@example.org", next=asked.told["next"]).location)

    assert asked.location.startswith("/sign-in?")
    assert "code" in back.told


def test_max_age_asks_again_when_the_sign_in_is_older(
    browser: Any, portal: Any, account: Any, clock: FixedClock
) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")
    clock.move(seconds=100)

    young = person.get(portal.address(max_age="10000"))
    old = person.get(portal.address(max_age="99"))
    silent = person.get(portal.address(max_age="99", prompt="none"))

    assert "code" in young.told
    assert old.location.startswith("/sign-in?")
    assert silent.told["error"] == "login_required"


def test_prompt_none_answers_who_is_signed_in(browser: Any, portal: Any, account: Any) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")

    assert "code" in person.get(portal.address(prompt="none")).told


def test_a_login_hint_does_not_travel_on(browser: Any, portal: Any) -> None:
    answer = browser().get(portal.address(login_hint="ada@example.org"))

    assert "ada" not in answer.location


def test_without_openid_there_is_no_id_token(portal: Any, code_for: Any) -> None:
    answer = portal.redeem(code_for(portal, scope="engagement.contribute")).json()

    assert "id_token" not in answer


def test_the_form_may_lead_to_the_waiting_client_and_no_other(browser: Any, portal: Any) -> None:
    person = browser()
    waiting = person.get(person.get(portal.address()).location)
    foreign = person.get("/sign-in", next="/authorize?client_id=x&redirect_uri=https://evil.example")

    assert waiting.answer.headers["content-security-policy"].endswith("form-action 'self' https://portal.example")
    assert "Portal" in waiting.text
    assert foreign.answer.headers["content-security-policy"].endswith("form-action 'self'")

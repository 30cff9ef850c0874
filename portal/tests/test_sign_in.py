"""Signing in and out, the cookie, and the token of each form."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from chassis.clock import FixedClock
from chassis.database import Database
from chassis.testing.tampering import everything
from portal.app import create_app
from portal.settings import Settings
from portal.web import local_path

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .fake_server import Server


def cookie(answer_headers: list[tuple[str, str]], name: str) -> str | None:
    return next((value for key, value in answer_headers if key == "Set-Cookie" and value.startswith(f"{name}=")), None)


def test_a_reader_gets_no_cookie(browser: Browser, fake: FakeGateway) -> None:
    fake.add_process()

    pages = [browser.open(path) for path in ("/", "/processes/safe-streets", "/help", "/receipts")]

    assert [page.headers.get("Set-Cookie") for page in pages] == [None] * 4


def test_the_cookie_is_for_the_browser_alone(browser: Browser, fake: FakeGateway) -> None:
    answer = browser.client.get("/sign-in")

    flags = cookie(list(answer.headers), "portal")
    assert flags
    assert "HttpOnly" in flags and "SameSite=Lax" in flags and "Path=/" in flags
    assert "Secure" not in flags and "Domain" not in flags


def test_over_tls_the_cookie_is_bound_to_the_host(server: Server, clock: FixedClock, database_url: str) -> None:
    app = create_app(make.settings(server.url, database_url, public_url="https://portal.test"), clock)

    answer = app.test_client().get("/sign-in", base_url="https://portal.test")

    flags = cookie(list(answer.headers), "__Host-portal")
    assert flags and "Secure" in flags
    assert answer.headers["Strict-Transport-Security"]
    app.extensions["portal"].close()


def test_signing_in_asks_with_a_proof_and_in_the_language_of_the_page(browser: Browser, fake: FakeGateway) -> None:
    answer = browser.client.get("/sign-in?next=/help", headers={"Accept-Language": "ar"})

    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert asked["state"] and asked["nonce"]
    assert asked["ui_locales"] == "ar"
    assert asked["redirect_uri"] == "http://localhost/sign-in/callback"
    assert "help" not in answer.headers["Location"]


def test_after_signing_in_the_person_is_where_she_was(browser: Browser, fake: FakeGateway) -> None:
    fake.add_process()

    page = browser.sign_in("/processes/safe-streets")

    assert page.path == "/processes/safe-streets"
    assert "Sign out" in page.texts("button")


def test_signing_in_gives_the_session_a_new_id(browser: Browser, fake: FakeGateway) -> None:
    browser.client.get("/sign-in")
    before = browser.client.get_cookie("portal")

    browser.sign_in()

    after = browser.client.get_cookie("portal")
    assert before and after and before.value != after.value
    browser.client.set_cookie("portal", before.value)
    assert "Sign in" in browser.open("/help").texts("a")


def test_the_table_tells_neither_cookie_nor_token(browser: Browser, fake: FakeGateway, settings: Settings) -> None:
    browser.sign_in()

    held = browser.client.get_cookie("portal")
    database = Database(settings.database_url)
    lying = everything(database)
    database.close()
    assert held and held.value.encode() not in lying
    assert b"eyJhbGciOi" not in lying and b"participant" in lying  # how a token begins


def test_a_session_ends_with_its_token(browser: Browser, fake: FakeGateway, clock: FixedClock) -> None:
    browser.sign_in()

    clock.move(seconds=901)
    page = browser.open("/help")
    clock.move(seconds=-901)

    assert "Sign in" in page.texts("a")


@pytest.mark.parametrize("query", ["state=other&code=x", "error=access_denied&state=x", ""])
def test_a_sign_in_that_was_not_asked_for_is_refused(query: str, browser: Browser, fake: FakeGateway) -> None:
    browser.client.get("/sign-in?next=/help")

    page = browser.open(f"/sign-in/callback?{query}")

    assert page.path == "/help"
    assert "You are not signed in" in page.text()
    assert "Sign in" in page.texts("a")


def test_signing_out_ends_the_session_here_and_at_the_provider(browser: Browser, fake: FakeGateway) -> None:
    browser.sign_in("/help")
    held = browser.client.get_cookie("portal")
    assert browser.page and held

    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.page.html)[0]
    answer = browser.client.post("/sign-out", data={"csrf_token": token})

    assert answer.headers["Location"].startswith(f"{fake.url}/logout?client_id=BARAZA")
    browser.client.set_cookie("portal", held.value)
    assert "Sign in" in browser.open("/help").texts("a")


def test_a_form_without_its_token_is_refused(browser: Browser, fake: FakeGateway) -> None:
    idea = fake.add_proposal(fake.add_process())
    browser.sign_in()
    fake.calls.clear()

    answers = [
        browser.client.post(f"/ideas/{idea['id']}/endorsement", data=data)
        for data in ({}, {"csrf_token": "x"}, {"csrf_token": browser.client.get_cookie("portal").value})  # type: ignore[union-attr]
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert b"This form is no longer valid" in answers[0].data
    assert not [call for call in fake.calls if call[0] == "POST"]


def test_the_mediator_learns_application_and_person(browser: Browser, fake: FakeGateway) -> None:
    fake.add_process()

    browser.open("/")
    anonymous = fake.headers[-1]
    browser.sign_in("/")

    assert anonymous["information-mediator-client"] == "BARAZA/GOV/1001/portal"
    assert "authorization" not in anonymous
    assert fake.headers[-1]["authorization"].startswith("Bearer eyJ")


def test_a_person_whose_token_is_refused_signs_in_again(browser: Browser, fake: FakeGateway) -> None:
    fake.add_process()
    browser.sign_in()
    fake.refusals[("GET", "v1/processes")] = (401, make.problem(401, "unauthenticated"))

    page = browser.open("/processes/safe-streets", follow=False)

    assert page.status == 303 and page.headers["Location"] == "/sign-in?next=/processes/safe-streets"


@pytest.mark.parametrize(
    ("candidate", "path"),
    [
        ("/help", "/help"), ("/a?b=c#d", "/a?b=c#d"), ("//evil.test", "/"), ("/\\evil.test", "/"),
        ("https://evil.test", "/"), ("", "/"), (None, "/"), ("/a\r\nSet-Cookie: x", "/"), ("help", "/"),
    ],
)  # fmt: skip
def test_the_way_back_stays_on_this_portal(candidate: str | None, path: str) -> None:
    assert local_path(candidate) == path


@pytest.mark.parametrize("tag", ["ca", "ar"])
def test_a_chosen_language_stays(tag: str, browser: Browser, fake: FakeGateway) -> None:
    page = browser.open(f"/language/{tag}?next=/help")

    assert page.path == "/help"
    assert page.all("html")[0].get("lang") == tag
    assert browser.open("/receipts").all("html")[0].get("lang") == tag


def test_every_answer_keeps_the_browser_safe(app: Flask, fake: FakeGateway) -> None:
    fake.add_process()
    client = app.test_client()

    for path in ("/", "/nowhere", "/live", "/sign-in"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; ") and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy and f"form-action 'self' {fake.url}" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_operators_can_look(app: Flask, fake: FakeGateway) -> None:
    client = app.test_client()
    fake.add_process()
    client.get("/processes/safe-streets")

    assert client.get("/live").status_code == 200
    assert client.get("/ready").status_code == 200
    assert b'http_route="/processes/<slug>"' in client.get("/metrics").data


def test_a_hashed_file_is_kept_for_ever_and_another_digest_is_not_found(app: Flask) -> None:
    client = app.test_client()
    address = re.findall(r'href="(/static/[^"]+css)"', client.get("/help").get_data(as_text=True))[0]

    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/0000000000000000/portal.css").status_code == 404

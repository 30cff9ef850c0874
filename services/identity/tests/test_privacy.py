"""Canaries: what a person types is found in no table, no file, no log line and no metric."""

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from chassis.app import App
from chassis.clock import FixedClock
from chassis.logs import JsonFormatter
from identity import housekeeping
from identity.tables import authorization_code, failure, issued_token, sign_in_session

LOGIN, PASSWORD, NAME = "canary.login@example.org", "canary password words", "Canary Display"


def test_nothing_that_a_person_typed_is_kept_or_logged(
    app: App, browser: Any, portal: Any, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = browser()
    person.register(LOGIN, PASSWORD, NAME)
    person.sign_in(LOGIN, "canary wrong password")
    person.sign_in(LOGIN, PASSWORD)
    person.register(LOGIN, PASSWORD, NAME)
    code = person.get(portal.address()).told["code"]
    tokens = portal.redeem(code).json()
    portal.redeem(code)
    portal.http.get("/oidc/userinfo", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    portal.http.post("/oauth/v2/token", data={"password": PASSWORD, "strange": "canary field"})
    session = person.http.cookies["identity_session"]

    kept = b"".join(path.read_bytes() for path in tmp_path.glob("block.db*") if path.is_file())
    format_ = JsonFormatter().format
    logged = "\n".join(
        format_(record) for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))
    )
    said = logged.encode() + app.runtime.metrics.exposition()

    private = (
        LOGIN,
        "canary",
        NAME,
        PASSWORD,
        code,
        tokens["access_token"],
        tokens["id_token"],
        session,
        portal.secret,
    )
    for canary in private:
        for text in (canary, canary.upper(), canary.lower()):
            assert text.encode() not in kept, canary
        assert canary.encode() not in said, canary


def test_what_has_ended_is_forgotten(app: App, browser: Any, portal: Any, code_for: Any, clock: FixedClock) -> None:
    portal.redeem(code_for(portal))
    browser().sign_in("nobody@example.org", "wrong words")

    clock.move(days=2)
    housekeeping.forget(app.runtime)

    with app.runtime.reading() as tx:
        tables = (authorization_code, issued_token, sign_in_session, failure)
        assert [tx.execute(select(table)).all() for table in tables] == [[], [], [], []]


def test_with_tls_cookies_are_secure_and_bound_to_the_host(app: App, browser: Any, account: Any) -> None:
    account("ada@example.org")
    object.__setattr__(app.runtime.settings, "issuer", "https://identity.example")
    person = browser()
    person.http.base_url = "https://identity.example"

    answer = person.sign_in("ada@example.org")

    cookies = [each for each in answer.answer.headers.get_list("set-cookie") if "session" in each]
    assert cookies
    assert all(each.startswith("__Host-identity_session=") and "Secure" in each for each in cookies)

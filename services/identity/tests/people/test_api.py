"""Administrators open, suspend and resume accounts; everything leaves an audit row."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from chassis.clock import FixedClock
from chassis.database import Database
from chassis.testing.client import assert_problem
from identity.tables import audit

OPENING = {
    "login": "official@example.org",
    "displayName": "Ada",
    "password": "wild geese fly north",
    "roles": ["official"],
}


@pytest.fixture
def administrator(client: Any) -> Any:
    return client(subject="admin-1", roles={"administrator"}, scopes={"identity.manage-accounts"})


def test_an_administrator_opens_an_account_that_can_sign_in(administrator: Any, browser: Any) -> None:
    reply = administrator.post("/v1/accounts", OPENING)

    assert reply.status == 201
    assert reply.body["roles"] == ["official", "participant"]
    assert not {"login", "password"} & set(reply.body)
    assert administrator.get(f"/v1/accounts/{reply.body['subject']}").body == reply.body
    assert browser().sign_in("official@example.org").status == 303


def test_a_repeat_with_the_same_key_opens_nothing(administrator: Any) -> None:
    first = administrator.post("/v1/accounts", OPENING, Idempotency_Key="key-12345")
    again = administrator.post("/v1/accounts", OPENING, Idempotency_Key="key-12345")

    assert first.body == again.body


def test_a_login_has_one_account(administrator: Any) -> None:
    administrator.post("/v1/accounts", OPENING)

    assert_problem(administrator.post("/v1/accounts", OPENING), 409, "login-taken")


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"password": "password1234"}, "password-too-common"),
        ({"password": "short"}, "password-too-short"),
        ({"login": "nobody"}, "bad-login"),
        ({"displayName": "\u200b"}, "bad-display-name"),
        ({"roles": ["king"]}, "invalid"),
    ],
)
def test_what_cannot_be_an_account_is_refused(administrator: Any, changes: dict[str, object], slug: str) -> None:
    assert_problem(administrator.post("/v1/accounts", OPENING | changes), 400, slug)


def test_nobody_else_opens_accounts(client: Any) -> None:
    official = client(subject="official-1", roles={"official"}, scopes={"engagement.decide"})

    assert_problem(official.post("/v1/accounts", OPENING), 403, "missing-scope")


def test_suspension_ends_sessions_for_good(
    administrator: Any, browser: Any, portal: Any, account: Any, clock: FixedClock
) -> None:
    subject = account("ada@example.org").id
    person = browser()
    person.sign_in("ada@example.org")
    clock.move(seconds=1)

    suspended = administrator.put(f"/v1/accounts/{subject}/suspension", {"reason": "Misuse"})
    resumed = administrator.delete(f"/v1/accounts/{subject}/suspension")

    assert (suspended.body["state"], resumed.body["state"]) == ("suspended", "active")
    assert "code" not in person.get(portal.address()).told
    assert person.sign_in("ada@example.org").status == 303


def test_suspension_ends_a_token_at_userinfo(administrator: Any, portal: Any, code_for: Any, clock: FixedClock) -> None:
    token = portal.redeem(code_for(portal)).json()["access_token"]
    subject = portal.verified(token)[1]["sub"]
    clock.move(seconds=1)

    administrator.put(f"/v1/accounts/{subject}/suspension", {"reason": "Misuse"})

    answer = portal.http.get("/oidc/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_a_suspended_person_redeems_no_code(administrator: Any, portal: Any, account: Any, browser: Any) -> None:
    subject = account("ada@example.org").id
    person = browser()
    person.sign_in("ada@example.org")
    code = person.get(portal.address()).told["code"]

    administrator.put(f"/v1/accounts/{subject}/suspension", {"reason": "Misuse"})

    assert portal.redeem(code).json()["error"] == "invalid_grant"


def test_every_change_leaves_a_row(administrator: Any, database: Database) -> None:
    subject = administrator.post("/v1/accounts", OPENING).body["subject"]
    for _ in range(2):
        administrator.put(f"/v1/accounts/{subject}/suspension", {"reason": "Misuse"})
    administrator.delete(f"/v1/accounts/{subject}/suspension")

    with database.reading() as tx:
        rows = tx.execute(select(audit).where(audit.c.about == subject).order_by(audit.c.id)).mappings().all()

    assert [row["action"] for row in rows] == ["account-opened", "account-suspended", "account-resumed"]
    assert {row["by"] for row in rows} == {"admin-1"}
    assert rows[1]["reason"] == "Misuse"


def test_who_is_not_there_is_not_found(administrator: Any) -> None:
    assert_problem(administrator.get(f"/v1/accounts/{uuid4()}"), 404, "not-found")

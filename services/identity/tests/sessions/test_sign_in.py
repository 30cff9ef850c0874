"""Signing in, registering and signing out: what is told, what is kept, and who is slowed down."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from chassis.clock import FixedClock
from chassis.database import Database
from identity.people.model import Role
from identity.tables import account as accounts
from identity.tables import sign_in_session


def test_an_unknown_login_and_a_wrong_password_look_alike(browser: Any, account: Any) -> None:
    account("ada@example.org")
    person = browser()

    wrong = person.sign_in("ada@example.org", "not the password")
    unknown = person.sign_in("bob@example.org", "not the password")

    assert wrong.status == unknown.status == 400
    assert wrong.text.replace("ada@", "x@") == unknown.text.replace("bob@", "x@")
    assert {*wrong.answer.headers} == {*unknown.answer.headers}


def test_a_wrong_password_is_never_written_back_into_the_page(browser: Any) -> None:
    answer = browser().sign_in("ada@example.org", "my secret words here")

    assert "my secret words here" not in answer.text


def test_a_form_of_another_browser_is_refused(browser: Any, account: Any) -> None:
    account("ada@example.org")
    attacker, victim = browser(), browser()
    form = attacker.get("/sign-in").hidden() | {"login": "ada@example.org", "password": "wild geese fly north"}
    victim.get("/sign-in")

    for forged in (form, form | {"csrf": ""}):
        answer = victim.post("/sign-in", forged)
        assert answer.status == 403
        assert "identity_session" not in victim.http.cookies
    assert browser().post("/sign-in", form).status == 403


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/register", {"login": "ada@example.org", "password": "wild geese fly north", "display_name": "Ada"}),
        ("/sign-out", {"client_id": "BARAZA/GOV/1001/portal"}),
    ],
)
def test_other_forms_are_guarded_the_same_way(browser: Any, path: str, form: dict[str, str]) -> None:
    answer = browser().post(path, form)

    assert answer.status == 403


def test_the_session_cookie_is_out_of_reach(browser: Any, account: Any) -> None:
    account("ada@example.org")

    answer = browser().sign_in("ada@example.org")

    cookies = answer.answer.headers.get_list("set-cookie")
    (session,) = [each for each in cookies if each.startswith("identity_session=")]
    assert all(part in session for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in session


def test_a_new_sign_in_is_a_new_session_and_ends_the_old(browser: Any, account: Any, database: Database) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")
    before = person.http.cookies["identity_session"]

    person.sign_in("ada@example.org")

    assert person.http.cookies["identity_session"] != before
    with database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(sign_in_session)).scalar_one() == 1


@pytest.mark.parametrize(
    ("roles", "idle_minutes", "hours"), [((), 30, 12), ((Role.OFFICIAL,), 15, 8), ((Role.ADMINISTRATOR,), 15, 8)]
)
def test_a_session_ends_by_itself(
    browser: Any, portal: Any, account: Any, clock: FixedClock, roles: tuple[Role, ...], idle_minutes: int, hours: int
) -> None:
    account("ada@example.org", *roles)
    idle, busy = browser(), browser()
    idle.sign_in("ada@example.org")
    busy.sign_in("ada@example.org")

    for _ in range(hours * 60 // (idle_minutes - 1)):
        clock.move(minutes=idle_minutes - 1)
        assert "code" in busy.get(portal.address()).told
    clock.move(minutes=idle_minutes - 1)

    assert "code" not in busy.get(portal.address()).told
    assert "code" not in idle.get(portal.address()).told


def test_a_session_ends_when_it_is_not_used(browser: Any, portal: Any, account: Any, clock: FixedClock) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")

    clock.move(minutes=30)

    assert "code" not in person.get(portal.address()).told


def test_failures_make_each_next_attempt_wait_longer(browser: Any, account: Any, clock: FixedClock) -> None:
    account("ada@example.org")
    person = browser()
    for _ in range(5):
        assert person.sign_in("ada@example.org", "wrong words").status == 400

    waits = []
    for _ in range(4):
        refused = person.sign_in("ada@example.org", "wrong words")
        assert refused.status == 429
        waits.append(int(refused.answer.headers["retry-after"]))
        clock.move(seconds=waits[-1])
        assert person.sign_in("ada@example.org", "wrong words").status == 400

    assert waits == sorted(waits)
    assert waits[-1] >= 8
    clock.move(seconds=900)
    assert person.sign_in("ada@example.org").status == 303


def test_throttled_is_the_right_password_too(browser: Any, account: Any) -> None:
    account("ada@example.org")
    person = browser()
    for _ in range(5):
        person.sign_in("ada@example.org", "wrong words")

    assert person.sign_in("ada@example.org").status == 429


def test_a_stranger_cannot_lock_a_person_out(browser: Any, account: Any, clock: FixedClock) -> None:
    account("ada@example.org")
    known, new, stranger = browser("192.0.2.7"), browser("198.51.100.7"), browser("203.0.113.7")
    known.sign_in("ada@example.org")
    for _ in range(60):
        stranger.sign_in("ada@example.org", "wrong words")
        clock.move(seconds=61)

    assert known.sign_in("ada@example.org").status == 303
    clock.move(seconds=61)
    assert new.sign_in("ada@example.org").status == 303


def test_many_attempts_at_once_do_not_slip_by(browser: Any, account: Any) -> None:
    account("ada@example.org")
    people = [browser() for _ in range(12)]
    forms = [each.get("/sign-in").hidden() | {"login": "ada@example.org", "password": "wrong words"} for each in people]

    with ThreadPoolExecutor(8) as pool:
        statuses = list(
            pool.map(lambda pair: pair[0].post("/sign-in", pair[1]).status, zip(people, forms, strict=True))
        )

    assert statuses.count(400) == 5
    assert statuses.count(429) == 7


def test_many_people_behind_one_address_register_and_sign_in(browser: Any) -> None:
    person = browser("127.0.0.1")

    statuses = {person.register(f"person{number}@example.org").status for number in range(60)}
    statuses |= {person.sign_in(f"person{number}@example.org").status for number in range(0, 60, 3)}

    assert statuses == {303}


def test_registrations_have_a_limit_that_an_hour_lifts(
    browser: Any, app: Any, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    object.__setattr__(app.runtime.settings, "registrations_per_hour", 2)
    person = browser()

    statuses = [person.register(f"person{number}@example.org").status for number in range(3)]
    clock.move(hours=1)

    assert statuses == [303, 303, 429]
    assert person.register("later@example.org").status == 303


def test_of_many_registrations_of_one_login_one_succeeds(browser: Any, database: Database) -> None:
    people = [browser() for _ in range(8)]
    wanted = {"login": "ada@example.org", "password": "wild geese fly north", "display_name": "Ada"}
    forms = [each.get("/register").hidden() | wanted for each in people]

    with ThreadPoolExecutor(8) as pool:
        statuses = list(
            pool.map(lambda pair: pair[0].post("/register", pair[1]).status, zip(people, forms, strict=True))
        )

    assert sorted(statuses) == [303] + [409] * 7
    with database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(accounts)).scalar_one() == 1


@pytest.mark.parametrize(
    ("login", "password", "name", "words"),
    [
        ("ada", "wild geese fly north", "Ada", "Enter an e-mail address"),
        ("ada@example.org", "short words", "Ada", "at least 12 characters"),
        ("ada@example.org", "x" * 129, "Ada", "at most 128 characters"),
        ("ada@example.org", "password1234!", "Ada", "too easy to guess"),
        ("ada@example.org", "Ada@Example.org", "Ada", "too easy to guess"),
        ("ada@example.org", "wild geese fly north", " ", "Enter a name"),
        ("ada@example.org", "wild geese fly north", "A\u202eda", "Enter a name"),
    ],
)
def test_what_is_wrong_with_a_registration_is_told_beside_the_field(
    browser: Any, login: str, password: str, name: str, words: str
) -> None:
    answer = browser().register(login, password, name)

    assert answer.status == 400
    assert answer.text.count(words) == 2
    assert 'aria-invalid="true"' in answer.text


def test_an_existing_login_is_not_registered_again_however_it_is_written(browser: Any, account: Any) -> None:
    account("ada@example.org")

    assert browser().register(" ADA@example.ORG ").status == 409


def test_a_suspended_account_is_told_so_only_after_the_right_password(
    browser: Any, account: Any, client: Any, portal: Any
) -> None:
    subject: UUID = account("ada@example.org").id
    person = browser()
    person.sign_in("ada@example.org")
    administrator = client(subject="admin-1", scopes={"identity.manage-accounts"})

    administrator.put(f"/v1/accounts/{subject}/suspension", {"reason": "Left the office"})

    assert "code" not in person.get(portal.address()).told
    assert browser().sign_in("ada@example.org", "wrong words here").status == 400
    assert browser().sign_in("ada@example.org").status == 403


def test_signing_out_ends_the_session_and_goes_to_a_registered_address(
    browser: Any, portal: Any, account: Any, database: Database
) -> None:
    account("ada@example.org")
    person = browser()
    person.sign_in("ada@example.org")
    asked = {"client_id": portal.id, "post_logout_redirect_uri": "https://portal.example/", "state": "s 1"}

    page = person.get("/sign-out", **asked)
    answer = person.post("/sign-out", page.hidden())

    assert "Ada" in page.text
    assert page.answer.headers["content-security-policy"].endswith("form-action 'self' https://portal.example")
    assert answer.location == "https://portal.example/?state=s+1"
    assert "identity_session" not in person.http.cookies
    with database.reading() as tx:
        assert tx.execute(select(func.count()).select_from(sign_in_session)).scalar_one() == 0


def test_signing_out_leads_nowhere_else(browser: Any, portal: Any) -> None:
    answer = browser().get("/sign-out", client_id=portal.id, post_logout_redirect_uri="https://evil.example/")

    assert answer.status == 200
    assert "You are signed out" in answer.text


@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example/", "//evil.example/authorize?", "/authorize\\@evil.example", "/sign-out", "/authorize?a=\n"],
)
def test_after_signing_in_nobody_is_led_astray(browser: Any, account: Any, next_page: str) -> None:
    account("ada@example.org")
    person = browser()
    form = person.get("/sign-in").hidden() | {"login": "ada@example.org", "password": "wild geese fly north"}

    answer = person.post("/sign-in", form | {"next": next_page})

    assert answer.location == "/sign-in"
    assert "You are signed in" in person.get("/sign-in").text

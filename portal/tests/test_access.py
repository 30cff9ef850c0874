"""Journeys without an account, with one's own data, by letters and to the help desk."""

import json
from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms import access as room
from .steps import sent, summary

Json = dict[str, Any]


@pytest.fixture
def square(fake: FakeGateway) -> Json:
    """A process that asks for nothing."""
    return fake.add_process(slug="open-square", strategy=make.strategy(access="open"))


@pytest.fixture
def mailed(fake: FakeGateway) -> Json:
    """A process that counts each mailbox once."""
    return fake.add_process(slug="open-square", strategy=make.strategy(access="email"))


def visitor_keys(fake: FakeGateway, ending: str) -> list[str | None]:
    calls = zip(fake.calls, fake.headers, strict=True)
    return [headers.get("visitor-key") for (_, path, _), headers in calls if path.endswith(ending)]


def test_a_visitor_supports_an_idea_with_no_account_at_all(browser: Browser, fake: FakeGateway, square: Json) -> None:
    idea = fake.add_proposal(square, endorsements=41)

    page = browser.open(f"/ideas/{idea['id']}/support")
    assert page.texts("h1") == ["Take part without an account"]
    page = browser.send("/come-in", agrees="y")
    assert page.texts("h1") == ["Support this idea"]
    page = browser.send("/endorsement")

    assert "Your support is counted" in page.text()
    assert sent(fake, "POST", "/visitors") == [{"displayName": "", "language": "en", "agrees": True}]
    assert visitor_keys(fake, "/endorsements") == [room.key_for(square["id"])]


def test_the_key_stands_in_a_cookie_that_no_page_can_read_and_nowhere_else(
    browser: Browser, fake: FakeGateway, square: Json
) -> None:
    browser.open("/processes/open-square/come-in")

    page = browser.send("/come-in", follow=False, agrees="y")

    (cookie,) = [each for each in page.headers.getlist("Set-Cookie") if each.startswith("visitor=")]
    assert room.key_for(square["id"]) in cookie
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert all(room.key_for(square["id"]) not in path for _, path, _ in fake.calls)
    assert room.key_for(square["id"]) not in browser.open("/me").html


def test_what_is_stored_is_told_before_the_form_with_each_declared_field(browser: Browser, fake: FakeGateway) -> None:
    field = {
        "name": {"en": "District"},
        "purpose": {"en": "To see whether every district is heard."},
        "legalBasis": "consent",
        "retentionDays": 30,
        "recipients": {"en": "the statistics office"},
    }
    fake.add_process(slug="open-square", strategy=make.strategy(access="open", dataFields=[field]))

    page = browser.open("/processes/open-square/come-in")

    for words in ("Your display name.", "District", "every district is heard", "30 days", "the statistics office"):
        assert 0 < page.html.index(words) < page.html.index('name="agrees"')


def test_nobody_comes_in_without_agreeing(browser: Browser, fake: FakeGateway, square: Json) -> None:
    browser.open("/processes/open-square/come-in")

    page = browser.send("/come-in", display_name="Mar")

    assert page.status == 400
    assert summary(page) == [("#agrees", "Agree before you join, or leave without joining")]
    assert not sent(fake, "POST", "/visitors")


def test_a_code_by_e_mail_opens_the_process(browser: Browser, fake: FakeGateway, mailed: Json) -> None:
    browser.open("/processes/open-square/come-in?next=/processes/open-square/ideas")

    page = browser.send("/come-in", display_name="Mar", email="mar@example.org", agrees="y")
    assert page.texts("h1") == ["Enter your code"]
    wrong = browser.send("/code", code="12")
    assert summary(wrong) == [("#code", "The code has six digits")]
    page = browser.send("/code", code="123 456")

    assert page.path == "/processes/open-square/ideas"
    assert sent(fake, "POST", "/proofs") == [{"way": "email", "address": "mar@example.org", "language": "en"}]
    assert sent(fake, "POST", "/confirmation") == [{"code": "123456"}]
    assert sent(fake, "POST", "/visitors") == [{"displayName": "Mar", "language": "en", "agrees": True}]
    assert not [path for _, path, _ in fake.calls if "mar@" in path]


def test_a_code_that_is_wrong_is_told_at_its_field(browser: Browser, fake: FakeGateway, mailed: Json) -> None:
    browser.open("/processes/open-square/come-in")
    browser.send("/come-in", email="mar@example.org", agrees="y")
    errors = [{"pointer": "/code", "detail": "is not the code that was sent"}]
    fake.refusals["POST", "/confirmation"] = (400, make.problem(400, "code-wrong", errors=errors))

    page = browser.send("/code", code="123456")

    assert page.status == 400
    assert [field for field, _ in summary(page)] == ["#code"]
    assert not sent(fake, "POST", "/visitors")


def test_too_many_codes_are_explained(browser: Browser, fake: FakeGateway, mailed: Json) -> None:
    browser.open("/processes/open-square/come-in")
    fake.refusals["POST", "/proofs"] = (409, make.problem(409, "too-many-codes"))

    page = browser.send("/come-in", email="mar@example.org", agrees="y")

    assert page.status == 409
    assert "Wait an hour before you ask for another one." in page.text()


def test_who_is_in_already_goes_straight_on(browser: Browser, fake: FakeGateway, square: Json) -> None:
    browser.open("/processes/open-square/come-in")
    browser.send("/come-in", agrees="y")

    page = browser.open("/processes/open-square/come-in?next=/processes/open-square/ideas")

    assert page.path == "/processes/open-square/ideas"
    assert len(sent(fake, "POST", "/visitors")) == 1


def test_a_process_for_accounts_asks_to_sign_in(browser: Browser, fake: FakeGateway, process: Json) -> None:
    page = browser.open("/processes/safe-streets/come-in", follow=False)
    assert page.headers["Location"].startswith("/processes/safe-streets/join")

    page = browser.open("/processes/safe-streets/join", follow=False)
    assert page.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("cookie", ["nonsense", "0" * 32 + ".<script>", "~".join(["x"] * 50)])
def test_a_cookie_that_is_none_is_left_alone(cookie: str, browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.client.set_cookie("visitor", cookie)

    assert browser.open("/processes/safe-streets").status == 200
    assert set(visitor_keys(fake, "v1/processes")) == {None}


def test_she_sees_what_is_known_of_her_and_takes_it_along(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.__dict__.update(parts=[room.part(process)], owns=[room.own(process)])
    browser.sign_in()

    page = browser.open("/me")
    answer = browser.client.get("/me/data.json")

    for words in ("Safe streets to school", "Mar", "by your account", "Nobody so far."):
        assert words in page.text()
    told = json.loads(answer.data)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert told["contributions"][0]["said"] == {"title": {"en": "A crossing"}}
    assert told["contact"] == [{"displayName": "Mar", "email": "mar@example.org"}]


def test_a_consent_receipt_says_what_the_standard_asks(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.__dict__.update(parts=[room.part(process)])
    browser.sign_in()

    told = json.loads(browser.client.get(f"/me/processes/{process['id']}/consent.json").data)

    asked = "schemaVersion recordId piiPrincipalId event piiController privacyNotice processing withdrawalUrl signature"
    assert set(asked.split()) <= set(told)
    assert told["event"]["state"] == "given"
    assert told["processing"][0]["purpose"] == "To count each person once and to tell her the outcome."
    assert told["withdrawalUrl"].endswith(f"/me/processes/{process['id']}/leave")
    assert told["signature"] == {"payload": "x"}


@pytest.mark.parametrize(("words", "erase"), [("keep", False), ("erase", True)])
def test_leaving_tells_all_blocks(words: str, erase: bool, browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.__dict__.update(parts=[room.part(process)])
    browser.sign_in()
    browser.open(f"/me/processes/{process['id']}/leave")

    page = browser.send("/leave", words=words)

    assert "Contributions that count on without your name: 3." in page.text()
    assert sent(fake, "POST", "/withdrawal") == [{"erase": erase}]
    assert sent(fake, "PUT", "/consent-record/record-1/") == [{"consentRecord": {"optIn": False}}]
    assert [path for verb, path, _ in fake.calls if verb == "DELETE"] == ["registry/data/participants/1/entry-1/delete"]


def test_what_another_participation_stands_on_stays(browser: Browser, fake: FakeGateway, process: Json) -> None:
    other = fake.add_process(slug="parks")
    fake.__dict__.update(parts=[room.part(process), room.part(other)])
    browser.sign_in()
    browser.open(f"/me/processes/{process['id']}/leave")

    browser.send("/leave", words="keep")

    assert not sent(fake, "PUT", "/consent-record/record-1/")
    assert not [path for verb, path, _ in fake.calls if verb == "DELETE"]


def test_leaving_asks_what_happens_to_the_words(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.__dict__.update(parts=[room.part(process)])
    browser.sign_in()
    browser.open(f"/me/processes/{process['id']}/leave")

    page = browser.send("/leave")

    assert summary(page) == [("#words", "Choose what happens to your words")]
    assert not sent(fake, "POST", "/withdrawal")


def test_nobodys_data_is_nobodys_business(browser: Browser, fake: FakeGateway, process: Json) -> None:
    assert browser.open(f"/me/processes/{process['id']}/leave").status == 404
    assert "Sign in with the account" in browser.open("/me").text()


def test_words_are_erased_by_the_receipt_alone(browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.open("/me/receipts")

    page = browser.send("/receipts", code=room.CODE.lower())

    assert "The words are erased." in page.text()
    assert [path for _, path, _ in fake.calls if path.endswith("/erasure")] == [
        f"engagement/v1/receipts/{room.CODE}/erasure"
    ]

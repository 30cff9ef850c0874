"""Follow without an account, and the help desk."""

from typing import Any
from xml.etree import ElementTree

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms import access as room
from .steps import sent, summary

Json = dict[str, Any]


def test_an_address_follows_and_is_told_to_confirm(browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.open("/processes/safe-streets/follow")

    wrong = browser.send("/follow", email="nobody")
    page = browser.send("/follow", email="mar@example.org")

    assert summary(wrong) == [("#email", "Enter an e-mail address like name@example.org")]
    assert page.texts("h1") == ["Look at your e-mail"]
    assert sent(fake, "POST", "/follows") == [{"address": "mar@example.org", "language": "en"}]


def test_opening_the_link_confirms_nothing_until_the_button(browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.open(f"/follows/{room.FOLLOW}/{room.TOKEN}")
    assert not sent(fake, "POST", "/confirmation")

    page = browser.send("")

    assert page.path == "/processes/safe-streets"
    assert sent(fake, "POST", "/confirmation") == [{"token": room.TOKEN}]


def test_one_request_of_a_mail_program_ends_the_letters(browser: Browser, fake: FakeGateway) -> None:
    """RFC 8058: a POST without cookies and without a form's token."""
    answer = browser.client.post(f"/follows/{room.FOLLOW}/{room.TOKEN}/end", data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert sent(fake, "POST", "/end") == [{"token": room.TOKEN}]


def test_the_feed_is_atom_with_whole_addresses(browser: Browser, fake: FakeGateway, process: Json, idea: Json) -> None:
    news = {"kind": "proposal", "id": idea["id"], "title": {"en": "Cars & <bikes>"}, "at": make.instant()}
    fake.__dict__.update(news=[news])

    answer = browser.client.get("/processes/safe-streets/feed.atom")

    feed = ElementTree.fromstring(answer.data)  # noqa: S314 - our own answer
    name = "{http://www.w3.org/2005/Atom}"
    assert answer.mimetype == "application/atom+xml"
    assert feed.findtext(f"{name}entry/{name}title") == "New idea: Cars & <bikes>"
    link = feed.find(f"{name}entry/{name}link")
    assert link is not None and link.get("href") == f"http://localhost/ideas/{idea['id']}"
    assert feed.findtext(f"{name}updated") == feed.findtext(f"{name}entry/{name}updated")


def test_a_question_is_asked_without_an_account_and_found_by_its_code(browser: Browser, fake: FakeGateway) -> None:
    browser.open("/help/ask")

    wrong = browser.send("/ask")
    page = browser.send("/ask", topic="sign_in", question="I forgot my password.")

    assert [field for field, _ in summary(wrong)] == ["#topic", "#question"]
    assert page.path == f"/help/cases/{room.CODE}" and room.CODE in page.text()
    assert sent(fake, "POST", "/help-cases") == [
        {"topic": "sign_in", "question": "I forgot my password.", "language": "en"}
    ]
    assert browser.open(f"/help/cases?code={room.CODE.lower()}").path == f"/help/cases/{room.CODE}"
    assert browser.open("/help/cases?code=x").status == 400
    assert browser.open("/help/cases/00000-00000-00000-00000").status == 404


def test_an_official_answers(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    fake.__dict__.update(cases=[room.desk_case()])
    browser.sign_in()

    page = browser.open("/work/help-desk")
    assert "How do I open an account?" in page.text()
    browser.open(f"/work/help-desk/{room.CASE}")
    page = browser.send("", answer="Press “Sign in”.")

    assert "The answer is there for whoever asked." in page.text()
    assert sent(fake, "POST", "/answer") == [{"answer": "Press “Sign in”."}]


def test_the_desk_is_for_officials(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["participant"]
    browser.sign_in()

    assert browser.open("/work/help-desk").status == 403

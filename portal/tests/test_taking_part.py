"""Citizens' journeys: join, support, comment, reply, report, receipts."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .steps import joined, sent, summary

Json = dict[str, Any]


def test_a_stranger_who_supports_signs_in_joins_and_supports(
    browser: Browser, fake: FakeGateway, idea: Json, process: Json
) -> None:
    browser.open("/processes/safe-streets/ideas")

    page = browser.open(f"/ideas/{idea['id']}/support")
    assert page.texts("h1") == ["Support this idea"]
    page = browser.send("/endorsement")
    assert page.texts("h1") == ["Join this process"]
    page = browser.send("/join", display_name="Mar", agrees="y")
    assert page.texts("h1") == ["Support this idea"]
    page = browser.send("/endorsement")

    assert page.path == f"/ideas/{idea['id']}"
    assert "Your support is counted. Your receipt: 7K2QF-0A1B2-C3D4E-5F6G7" in page.text()
    assert "42" in page.text() and "You support this" in page.text()


def test_supporting_twice_is_told_and_is_no_failure(
    browser: Browser, fake: FakeGateway, idea: Json, process: Json
) -> None:
    joined(browser, fake, process, f"/ideas/{idea['id']}")
    idea["endorsedByMe"] = True

    page = browser.send("/endorsement")

    assert page.status == 200
    assert "You support this idea already" in page.text()


def test_support_can_be_taken_back(browser: Browser, fake: FakeGateway, idea: Json, process: Json) -> None:
    idea["endorsedByMe"] = True
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    page = browser.send("/withdrawal")

    assert "Your support is taken back" in page.text()
    assert idea["endorsedByMe"] is False


def test_joining_shows_the_data_agreement_before_the_form(browser: Browser, process: Json, fake: FakeGateway) -> None:
    browser.sign_in()

    page = browser.open("/processes/safe-streets/join")

    for words in ("Your display name.", "To count you once.", "One year.", "Everyone sees", "Write to us at any time."):
        assert 0 < page.html.index(words) < page.html.index('name="agrees"')


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"display_name": "", "agrees": "y"}, [("#display_name", "Enter the name to show")]),
        ({"display_name": "Mar"}, [("#agrees", "Agree before you join, or leave without joining")]),
        (
            {"display_name": "Mar", "email": "not an address", "agrees": "y"},
            [("#email", "Enter an e-mail address like name@example.org")],
        ),
        ({"display_name": "M" * 81, "agrees": "y"}, [("#display_name", "Shorten this by 1 character")]),
    ],
)
def test_a_wrong_answer_is_named_and_the_input_kept(
    answers: Json, errors: list[tuple[str, str]], browser: Browser, process: Json, fake: FakeGateway
) -> None:
    browser.sign_in("/processes/safe-streets/join")

    page = browser.send("/join", **answers)

    assert page.status == 400
    assert summary(page) == errors
    assert page.texts("title")[0].startswith("Error:")
    field = page.by_id("display_name")
    assert field is not None and field.get("value") == answers["display_name"]
    assert not sent(fake, "POST", "/participants")


def test_joining_sends_what_was_agreed(browser: Browser, process: Json, fake: FakeGateway) -> None:
    browser.sign_in("/processes/safe-streets/join")

    browser.send("/join", display_name=" Mar ", email="mar@example.org", agrees="y")

    assert sent(fake, "POST", "/participants") == [
        {"displayName": "Mar", "email": "mar@example.org", "language": "en", "agrees": True}
    ]
    assert not [path for _, path, _ in fake.calls if "mar@" in path]


def test_a_comment_is_sent_once_with_its_position(
    browser: Browser, fake: FakeGateway, idea: Json, process: Json
) -> None:
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    page = browser.send("/comments", body="Please do.", position="in_favour")

    assert "Your comment is counted" in page.text() and "Please do." in page.text()
    assert sent(fake, "POST", "/comments") == [{"body": {"en": "Please do."}, "position": "in_favour"}]


def test_a_comment_that_is_too_long_is_kept(browser: Browser, fake: FakeGateway, idea: Json, process: Json) -> None:
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    page = browser.send("/comments", body="x" * 1003, position="against")

    assert page.status == 400
    assert summary(page) == [("#body", "Shorten this by 3 characters")]
    field = page.by_id("body")
    assert field is not None and "x" * 1003 in (field.text or "")
    assert [each.get("value") for each in page.all("input") if each.get("checked") is not None] == ["against"]


def test_a_comment_that_is_refused_is_kept(browser: Browser, fake: FakeGateway, idea: Json, process: Json) -> None:
    joined(browser, fake, process, f"/ideas/{idea['id']}")
    fake.refusals[("POST", "/comments")] = (409, make.problem(409, "proposal-closed"))

    page = browser.send("/comments", body="Please do.")

    assert page.status == 409
    assert "This idea takes no more contributions" in page.text()
    field = page.by_id("body")
    assert field is not None and "Please do." in (field.text or "")


def test_a_reply_names_the_comment_it_answers(browser: Browser, fake: FakeGateway, idea: Json, process: Json) -> None:
    root = fake.add_comment(idea)
    answer = make.reply(root)
    fake.replies[root["id"]] = [answer]
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    browser.open(f"/ideas/{idea['id']}/comments/{root['id']}/reply?to={answer['id']}")
    page = browser.send("/reply", body="Why?")

    assert sent(fake, "POST", "/comments") == [{"body": {"en": "Why?"}, "parentId": answer["id"]}]
    assert page.path == f"/ideas/{idea['id']}/comments/{root['id']}"


def test_a_report_needs_a_reason(browser: Browser, fake: FakeGateway, idea: Json, process: Json) -> None:
    joined(browser, fake, process)
    browser.open(f"/reports/proposal/{idea['id']}?idea={idea['id']}")

    refused = browser.send("", note="Look at this")
    taken = browser.send("", reason="spam")

    assert refused.status == 400 and summary(refused) == [("#reason", "Choose a reason")]
    assert "A moderator will look at it" in taken.text()
    assert sent(fake, "POST", "/reports") == [
        {"subject": {"kind": "proposal", "id": idea["id"]}, "reason": "spam", "note": "Look at this"}
    ]


@pytest.mark.parametrize("typed", ["7k2qf-oalb2-c3d4e-5f6g7", "7K2QF 0A1B2 C3D4E 5F6G7", "7K2QF0A1B2C3D4E5F6G7"])
def test_a_receipt_is_found_however_it_is_typed(typed: str, browser: Browser, fake: FakeGateway, process: Json) -> None:
    page = browser.open(f"/receipts?code={typed.replace(' ', '+')}")

    assert page.path == "/receipts/7K2QF-0A1B2-C3D4E-5F6G7"
    assert "Counted" in page.text()


@pytest.mark.parametrize(("typed", "status"), [("hello", 400), ("<script>", 400), ("00000-00000-00000-00000", 404)])
def test_a_receipt_that_is_none_is_explained(typed: str, status: int, browser: Browser, fake: FakeGateway) -> None:
    page = browser.open(f"/receipts?code={typed}")

    assert page.status == status
    assert [field for field, _ in summary(page)] == ["#code"]
    field = page.by_id("code")
    assert field is not None and field.get("value") == typed


def test_filters_are_asked_of_the_block_and_kept(browser: Browser, fake: FakeGateway, process: Json) -> None:
    for number in range(1, 24):
        fake.add_proposal(process, number)

    page = browser.open("/processes/safe-streets/ideas?order=newest&category=mobility&search=crossing")
    following = next(each.get("href") for each in page.all("a") if each.get("rel") == "next")
    second = browser.open(str(following))

    assert len([each for each in page.all("li") if "voted" in (each.get("class") or "")]) == 20
    assert len([each for each in second.all("li") if "voted" in (each.get("class") or "")]) == 3
    search = second.by_id("search")
    assert search is not None and search.get("value") == "crossing"


def test_a_closed_phase_offers_nothing_to_do(browser: Browser, fake: FakeGateway) -> None:
    closed = fake.add_process(state="analysing", phases=[make.phase(-20, -1, "proposal", "comment", "endorsement")])
    idea = fake.add_proposal(closed)
    browser.sign_in()

    ideas = browser.open("/processes/safe-streets/ideas")
    one = browser.open(f"/ideas/{idea['id']}")

    for page in (ideas, one):
        assert not [each for each in page.all("main")[0].iter("form") if each.get("method") == "post"]
    assert "You are here" in browser.open("/processes/safe-streets").text()

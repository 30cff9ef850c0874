"""Citizens' journeys: join, support, submit, comment, reply, report, receipts."""

from typing import Any

import pytest

from . import make
from .browser import Browser, Page
from .fake_gateway import FakeGateway

Json = dict[str, Any]
TITLE = "A bench at every bus stop"


@pytest.fixture
def process(fake: FakeGateway) -> Json:
    return fake.add_process()


@pytest.fixture
def idea(fake: FakeGateway, process: Json) -> Json:
    return fake.add_proposal(process, endorsements=41)


def joined(browser: Browser, fake: FakeGateway, process: Json, path: str = "/") -> Page:
    fake.joined.add(process["id"])
    return browser.sign_in(path)


def sent(fake: FakeGateway, verb: str, ending: str) -> list[Any]:
    return [body for made, path, body in fake.calls if made == verb and path.endswith(ending)]


def summary(page: Page) -> list[tuple[str, str]]:
    """`(field id, message)` of the error summary, each leading to a field that is there."""
    found = [each for each in page.all("div") if each.get("class") == "summary"]
    links = [link for each in found for link in each.iter("a")]
    for link in links:
        assert page.by_id(str(link.get("href")).removeprefix("#")) is not None
    return [(str(link.get("href")), "".join(link.itertext())) for link in links]


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


def test_an_idea_goes_from_title_to_receipt(browser: Browser, fake: FakeGateway, process: Json, idea: Json) -> None:
    fake.alike = [idea["id"]]
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")

    page = browser.send("/new", title=TITLE, language="ca")
    assert page.path.endswith("/similar") and "Support this instead" in " ".join(page.texts("button"))
    page = browser.open("/processes/safe-streets/ideas/new/details")
    page = browser.send("/details", summary="Old people wait.", category="mobility", tags="bench, bus")
    assert page.path.endswith("/check") and TITLE in page.text() and "Mobility" in page.text()
    page = browser.send("/check")

    assert page.path.startswith("/receipts/7K2QF-0A1B2-C3D4E-5F6G7")
    assert "Counted" in page.text() and "STREETS-2026-00026" in page.text()
    assert sent(fake, "POST", "/proposals") == [
        {
            "title": {"ca": TITLE},
            "summary": {"ca": "Old people wait."},
            "category": "mobility",
            "tags": ["bench", "bus"],
        }
    ]
    assert len(next(each for each in reversed(fake.headers) if "idempotency-key" in each)["idempotency-key"]) >= 8


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("", "Give your idea a title"),
        ("Bench", "Write at least 10 characters"),
        ("x" * 121, "Shorten this by 1 character"),
    ],
)
def test_a_title_outside_the_limits_is_kept_with_its_error(
    title: str, error: str, browser: Browser, fake: FakeGateway, process: Json
) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")

    page = browser.send("/new", title=title)

    assert page.status == 400
    assert summary(page) == [("#title", error)]
    field = page.by_id("title")
    assert field is not None and field.get("value") == title


def test_details_keep_every_answer_on_error(browser: Browser, fake: FakeGateway, process: Json) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE)

    page = browser.send("/details", summary="s" * 281, body="Because <of> this", category="", tags="a,b,c,d,e,f")

    assert [field for field, _ in summary(page)] == ["#summary", "#category", "#tags"]
    body = page.by_id("body")
    assert body is not None and (body.text or "").strip() == "Because <of> this"


def test_what_the_block_refuses_is_shown_at_its_field(browser: Browser, fake: FakeGateway, process: Json) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE)
    browser.send("/details", summary="Old people wait.", category="mobility")
    errors = [{"pointer": "/summary/en", "detail": "No links, please."}]
    fake.refusals[("POST", "/proposals")] = (400, make.problem(400, "invalid", errors=errors))

    page = browser.send("/check")

    assert page.status == 400
    assert summary(page) == [("#summary", "This was not taken: No links, please.")]
    field = page.by_id("summary")
    assert field is not None and "Old people wait." in (field.text or "")


def test_a_phase_that_closed_meanwhile_is_told_above_the_answers(
    browser: Browser, fake: FakeGateway, process: Json
) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE)
    browser.send("/details", summary="Old people wait.", category="mobility")
    fake.refusals[("POST", "/proposals")] = (409, make.problem(409, "phase-closed"))

    page = browser.send("/check")

    assert page.status == 409
    assert "This phase is closed" in page.text() and TITLE in page.text()


def test_a_step_without_a_draft_leads_to_the_first(browser: Browser, fake: FakeGateway, process: Json) -> None:
    joined(browser, fake, process)

    assert browser.open("/processes/safe-streets/ideas/new/check").path == "/processes/safe-streets/ideas/new"


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

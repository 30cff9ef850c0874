"""Officials and moderators: approve, check, seal, decide, publish, hide, restore."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .steps import sent

Json = dict[str, Any]


@pytest.fixture
def process(fake: FakeGateway) -> Json:
    fake.roles = ["official", "moderator"]
    return fake.add_process(state="closed", phases=[make.phase(-20, -1, "proposal")])


@pytest.mark.parametrize("path", ["/work", "/processes/safe-streets/moderation"])
def test_work_is_not_for_citizens(path: str, browser: Browser, fake: FakeGateway) -> None:
    fake.add_process()
    browser.sign_in()

    page = browser.open(path)

    assert page.status == 403
    assert page.texts("h1") == ["You may not do this"]


def test_the_tasks_lead_to_their_pages(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.tasks = [
        {"id": make.new_id(), "kind": kind, "processId": process["id"], "openedAt": make.instant(), "instanceId": "i"}
        for kind in ("approve", "verify", "decide", "unheard-of")
    ]

    page = browser.sign_in("/work")

    links = [str(each.get("href")) for each in page.all("a")]
    for step in ("approval", "verification", "decisions"):
        assert f"/work/processes/{process['id']}/{step}" in links
    assert len(page.texts("li")) >= 3


def test_a_plan_is_approved(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    plan = fake.add_process(state="in_review")
    browser.sign_in(f"/work/processes/{plan['id']}/approval")

    page = browser.send("/approval")

    assert page.path == "/work" and "Approved." in page.text()
    assert plan["state"] == "scheduled"


def test_an_author_cannot_approve_and_is_told_so(browser: Browser, fake: FakeGateway) -> None:
    fake.roles = ["official"]
    plan = fake.add_process(state="in_review", missing=["/strategy/feedbackDueDate"])
    fake.refusals[("POST", "/approval")] = (403, make.problem(403, "four-eyes"))
    page = browser.sign_in(f"/work/processes/{plan['id']}/approval")
    assert "Date by which people hear back" in page.text()

    page = browser.send("/approval")

    assert page.path.endswith("/approval")
    assert "Another official has to approve" in page.text()


def test_one_idea_or_a_page_of_them_is_checked(browser: Browser, fake: FakeGateway, process: Json) -> None:
    ideas = [fake.add_proposal(process, number) for number in range(1, 4)]
    browser.sign_in(f"/work/processes/{process['id']}/verification")

    browser.send("/verification", one=f"invalid:{ideas[0]['id']}")
    page = browser.send("/verification", all="valid")

    assert [idea["verification"] for idea in ideas] == ["invalid", "valid", "valid"]
    assert "2 ideas are checked" in page.text()
    assert "Seal the input" in page.texts("button")


def test_sealing_leads_to_the_decisions(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.add_proposal(process, verification="valid")
    browser.sign_in(f"/work/processes/{process['id']}/verification")

    page = browser.send("/seal")

    assert page.path.endswith("/decisions") and "Sealed." in page.text()


def test_a_rejection_needs_words(browser: Browser, fake: FakeGateway, process: Json) -> None:
    idea = fake.add_proposal(process)
    browser.sign_in(f"/work/ideas/{idea['id']}/decision")

    refused = browser.send("", outcome="rejected", reason_code="infeasible")
    taken = browser.send("", reason="The street is too narrow.")

    assert refused.status == 400 and "Explain the reason in words" in refused.text()
    assert [each.get("value") for each in refused.all("input") if each.get("checked") is not None] == ["rejected"]
    assert "is saved" in taken.text()
    assert sent(fake, "PUT", "/decision") == [
        {"outcome": "rejected", "reasonCode": "infeasible", "reason": {"en": "The street is too narrow."}}
    ]


@pytest.mark.parametrize(
    ("state", "step", "offered"),
    [
        ("open", "verification", False),
        ("closed", "verification", True),
        ("analysing", "verification", False),
        ("closed", "decisions", False),
        ("analysing", "decisions", True),
        ("decided", "decisions", False),
    ],
)
def test_a_step_is_offered_in_its_turn(
    state: str, step: str, offered: bool, browser: Browser, fake: FakeGateway, process: Json
) -> None:
    process["state"] = state

    page = browser.sign_in(f"/work/processes/{process['id']}/{step}")

    assert bool(list(page.all("main")[0].iter("form"))) is offered


def test_answers_are_published_once_all_are_there(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process["state"] = "analysing"
    idea = fake.add_proposal(process)
    idea["decision"] = make.decision(idea["id"], "accepted")
    browser.sign_in(f"/work/processes/{process['id']}/decisions")

    page = browser.send("/answers")

    assert page.path == "/processes/safe-streets/results"
    assert "Published." in page.text() and "Of 25 ideas, 20 made it into the decision." in page.text()


def test_undecided_ideas_stop_the_publishing(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process["state"] = "analysing"
    fake.refusals[("POST", "/answers")] = (409, make.problem(409, "undecided"))
    browser.sign_in(f"/work/processes/{process['id']}/decisions")

    page = browser.send("/answers")

    assert "Some ideas have no decision yet" in page.text()


@pytest.mark.parametrize(("action", "ending"), [("hide", "/hidings"), ("restore", "/restorations")])
def test_moderation_needs_a_rule_and_a_reason(
    action: str, ending: str, browser: Browser, fake: FakeGateway, process: Json
) -> None:
    idea = fake.add_proposal(process)
    browser.sign_in(f"/processes/safe-streets/moderation/{action}/proposal/{idea['id']}")

    refused = browser.send("", reason="Bad")
    browser.send("", rule="offensive", reason="It insults a neighbour.")

    assert refused.status == 400
    assert "Choose the rule" in refused.text() and "Write at least 5 characters" in refused.text()
    subject = {"kind": "proposal", "id": idea["id"]}
    assert sent(fake, "POST", ending) == [
        {"subject": subject, "rule": "offensive", "reason": "It insults a neighbour."}
    ]


@pytest.mark.parametrize(
    ("status", "slug", "heading"),
    [
        (403, "forbidden", "You may not do this"),
        (403, "not-a-participant", "You have not joined this process yet"),
        (404, "not-found", "Page not found"),
        (409, "conflict", "This is not possible now"),
        (503, "unavailable", "Part of the service is not answering"),
        (500, "internal-error", "Part of the service is not answering"),
        (418, "teapot", "Part of the service is not answering"),
    ],
)
def test_a_problem_is_a_page_with_a_way_on(
    status: int, slug: str, heading: str, browser: Browser, fake: FakeGateway
) -> None:
    fake.refusals[("GET", "v1/processes")] = (status, make.problem(status, slug, "Its own title", detail="Why."))

    page = browser.open("/processes/safe-streets")

    assert page.status == (status if status in (403, 404, 409) else 503)
    assert page.texts("h1") == [heading]
    assert "See all processes" in page.texts("a")
    if slug == "conflict":
        assert "Its own title" in page.text()


@pytest.mark.parametrize("language", ["ca", "ar"])
def test_a_problem_is_told_in_the_language_of_the_page(language: str, browser: Browser, fake: FakeGateway) -> None:
    fake.refusals[("GET", "v1/processes")] = (409, make.problem(409, "phase-closed", "This phase is closed"))

    page = browser.open("/processes/safe-streets", language)

    assert "This phase is closed" not in page.html
    assert page.all("html")[0].get("lang") == language

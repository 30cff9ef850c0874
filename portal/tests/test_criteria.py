"""Officials choose criteria, assess blind, decide on several ideas at once, promise and report."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms.criteria import FOUND, assessment, commitment, criteria, room
from .steps import sent, summary

Json = dict[str, Any]


@pytest.fixture
def official(fake: FakeGateway, process: Json) -> FakeGateway:
    fake.roles = ["official"]
    process["state"] = "analysing"
    return fake


def test_criteria_are_chosen_and_published(browser: Browser, official: FakeGateway) -> None:
    room(official).criteria = criteria(publishedAt=None)
    browser.sign_in("/processes/safe-streets/criteria/edit")
    new = {"name-2": "Time", "weight-2": "2", "scale-2": "5"}

    refused = browser.send("", **new | {"weight-2": "0"})
    browser.send("", **new | {"description-2": "When it is done."})
    browser.open("/processes/safe-streets/criteria")
    page = browser.send("/publication")

    assert refused.status == 400
    assert [field for field, _ in summary(refused)] == ["#description-2", "#weight-2"]
    (body,) = sent(official, "PUT", "/criteria")
    assert [each["code"] for each in body["criteria"]] == ["cost", "reach", "c1"]
    assert set(body["criteria"][0]["name"]) == {"en", "ca", "ar"}
    assert "do not change any more" in page.text()


def test_an_assessment_gives_points_or_declares_a_conflict(
    browser: Browser, official: FakeGateway, process: Json
) -> None:
    idea = official.add_proposal(process)
    room(official).criteria = criteria()
    browser.sign_in(f"/work/ideas/{idea['id']}/assessment")

    refused = browser.send("", **{"points-cost": "8", "points-reach": ""})
    browser.send("", **{"points-cost": "8", "points-reach": "4"})
    browser.send("", conflict="y")

    assert refused.status == 400 and "Give points by every criterion" in refused.text()
    assert sent(official, "PUT", "/assessment") == [
        {"conflict": False, "scores": {"cost": 8, "reach": 4}},
        {"conflict": True, "note": "It fits the plan."},
    ]


def test_what_others_found_is_shown_once_it_is_open(browser: Browser, official: FakeGateway, process: Json) -> None:
    idea, its = official.add_proposal(process), room(official)
    its.criteria, its.others = criteria(), [assessment()]
    path = f"/work/ideas/{idea['id']}/assessment"

    blind = browser.sign_in(path)
    its.mine, its.found = assessment(), FOUND
    open_ = browser.open(path)

    assert "It fits the plan." not in blind.text() and "1 evaluator has assessed" in blind.text()
    assert "It fits the plan." in open_.text() and "81.2 percent, spread 37.5" in open_.text()
    assert list(open_.all("main")[0].iter("form")) == []


def test_an_official_enters_as_an_evaluator(browser: Browser, official: FakeGateway) -> None:
    browser.sign_in("/processes/safe-streets/scores")

    refused = browser.send("")
    page = browser.send("", office="Office of parks")

    assert refused.status == 400
    assert "Office of parks" in page.text()


def test_several_ideas_are_decided_at_once(browser: Browser, official: FakeGateway, process: Json) -> None:
    ideas = [official.add_proposal(process, number) for number in (1, 2, 3)]
    browser.sign_in(f"/work/processes/{process['id']}/decisions")
    ruling = {"outcome": "rejected", "reason_code": "infeasible_legal", "reason": "The norm for ramps forbids it."}

    refused = browser.send("", **ruling)
    chosen = [each["id"] for each in ideas[:2]]
    page = browser.send("", idea=chosen, cost="5000", currency="eur", publish_on="2027-02-01", **ruling)

    assert refused.status == 400 and "Tick the ideas" in refused.text()
    (body,) = sent(official, "POST", "/decisions")
    assert body["proposalIds"] == chosen and (body["cost"], body["currency"]) == (5000, "EUR")
    assert (body["reasonCode"], body["publishAt"][:10]) == ("infeasible_legal", "2027-02-01")
    assert "The decision on 2 ideas is saved." in page.text()


def test_a_cost_needs_its_currency(browser: Browser, official: FakeGateway, process: Json) -> None:
    idea = official.add_proposal(process)
    browser.sign_in(f"/work/ideas/{idea['id']}/decision")

    page = browser.send("", outcome="accepted", reason_code="included_in_plan", cost="5000")

    assert page.status == 400 and [field for field, _ in summary(page)] == ["#currency"]


def test_missing_assessments_stop_a_decision(browser: Browser, official: FakeGateway, process: Json) -> None:
    idea = official.add_proposal(process)
    official.refusals[("PUT", "/decision")] = (409, make.problem(409, "not-assessed"))
    browser.sign_in(f"/work/ideas/{idea['id']}/decision")

    page = browser.send("", outcome="accepted", reason_code="included_in_plan")

    assert page.status == 409 and "Assessments are missing" in page.text()


def test_a_commitment_is_made_and_reported_on(browser: Browser, official: FakeGateway, process: Json) -> None:
    idea = official.add_proposal(process)
    browser.sign_in(f"/processes/safe-streets/commitments/new?idea={idea['id']}")

    refused = browser.send("", title="Forty trees", office="Office of parks", due_on="soon")
    browser.send("", due_on="2027-03-31", budget="9000", currency="EUR")
    (made,) = room(official).commitments.values()
    browser.open(f"/commitments/{made['id']}/progress")
    dropped = browser.send("", status="dropped")
    browser.send("", status="started", progress="40")
    browser.open(f"/commitments/{made['id']}/milestones/new")
    page = browser.send("", reached_on="2026-11-01", words="The first ten stand.")

    assert [field for field, _ in summary(refused)] == ["#due_on"]
    (promise,) = sent(official, "POST", "/commitments")
    assert (promise["proposalId"], promise["dueOn"], promise["budget"]) == (idea["id"], "2027-03-31", 9000)
    assert [field for field, _ in summary(dropped)] == ["#dropped_reason"]
    (step,) = sent(official, "PUT", "/progress")
    assert (step["status"], step["progress"], step["version"]) == ("started", 40, 1)
    assert "The first ten stand." in page.text() and "40 percent done" in page.text()


def test_an_overdue_commitment_says_so(browser: Browser, fake: FakeGateway, process: Json) -> None:
    made = commitment(process["id"])
    room(fake).commitments[made["id"]] = made

    page = browser.open("/processes/safe-streets/commitments")

    assert "Update overdue" in page.text() and "Due" in page.text()
    assert not [each for each in page.texts("a") if each == "Add a commitment"]


def test_the_way_of_an_idea_leads_from_input_to_promise(browser: Browser, fake: FakeGateway, process: Json) -> None:
    idea = fake.add_proposal(process, verification="valid")
    path = f"/ideas/{idea['id']}/trace"

    before = browser.open(path)
    idea["decision"] = make.decision(idea["id"], "accepted")
    made = commitment(process["id"])
    room(fake).commitments[made["id"]] = made
    after = browser.open(path)

    assert "Decision with a reason" in before.text() and "Judged by the criteria" not in before.text()
    for words in ("Judged by the criteria", "Accepted", "12,000 EUR", "Forty trees"):
        assert words in after.text()


@pytest.mark.parametrize("path", ["criteria/edit", "commitments/new"])
def test_officials_alone_work_on_them(path: str, browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.sign_in()

    assert browser.open(f"/processes/safe-streets/{path}").status == 403


def test_ideas_are_merged_and_their_supporters_can_go_along(
    browser: Browser, official: FakeGateway, process: Json
) -> None:
    ideas = [official.add_proposal(process, number)["id"] for number in (1, 2, 3)]
    browser.sign_in(f"/work/processes/{process['id']}/decisions")

    browser.send("", idea=ideas[:2], merge="y")
    refused = browser.send("", title="")
    page = browser.send("", title="Lamps at both corners", category="mobility")
    made = room(official).merges[ideas[0]]
    browser.open(f"/ideas/{made['id']}/carried-support")
    carried = browser.send("")

    assert refused.status == 400 and [field for field, _ in summary(refused)] == ["#title"]
    (body,) = sent(official, "POST", "/merges")
    assert body == {
        "originalIds": ideas[:2], "title": {"en": "Lamps at both corners"}, "category": "mobility"
    }  # fmt: skip
    assert "are merged into" in page.text()
    assert "Your support went along." in carried.text()
    assert "Merged into another idea" in browser.open(f"/ideas/{ideas[0]}/trace").text()

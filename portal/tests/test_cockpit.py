"""The cockpit of a process, and what citizens see of the officials' steps."""

from typing import Any

import pytest

from portal import tools
from portal.tools import Offer, Tool

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .steps import sent

Json = dict[str, Any]


@pytest.fixture
def process(fake: FakeGateway) -> Json:
    fake.roles = ["official"]
    return fake.add_process(publishedAt=make.instant(days=-20))


def test_my_work_leads_to_each_cockpit_and_introduces_me_once(
    browser: Browser, fake: FakeGateway, process: Json
) -> None:
    page = browser.sign_in("/work")
    browser.open("/work")

    assert f"/work/processes/{process['id']}" in [each.get("href") for each in page.all("a")]
    assert sent(fake, "PUT", "v1/officials/me") == [{"displayName": fake.name}]


@pytest.mark.parametrize(
    ("state", "tab"),
    [
        ("draft", "Plan"), ("in_review", "Publish"), ("scheduled", "Build"), ("open", "Monitor"),
        ("closed", "Evaluate"), ("analysing", "Decide"), ("decided", "Reporting"), ("archived", "Reporting"),
    ],
)  # fmt: skip
def test_the_cockpit_opens_where_the_process_stands(
    state: str, tab: str, browser: Browser, fake: FakeGateway, process: Json
) -> None:
    process["state"] = state

    page = browser.sign_in(f"/work/processes/{process['id']}")

    tabs = [each for each in page.all("a") if "/tabs/" in str(each.get("href"))]
    assert [each.text for each in tabs if each.get("aria-current") == "page"] == [tab]
    assert "process approved" in page.text()


def test_tools_stand_on_their_tab(
    browser: Browser, fake: FakeGateway, process: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "_TOOLS", dict(tools._TOOLS))
    tools.register(Tool("songs", desk=lambda _: [Offer("Tune the songs", "/songs", stage="inputs")]))

    inputs = browser.sign_in(f"/work/processes/{process['id']}/tabs/inputs")
    build = browser.open(f"/work/processes/{process['id']}/tabs/build")

    assert "Tune the songs" in inputs.text()
    assert "Tune the songs" not in build.text()
    assert browser.open(f"/work/processes/{process['id']}/tabs/nothing").status == 404


def test_a_phase_is_moved_and_announced(browser: Browser, fake: FakeGateway, process: Json) -> None:
    phase = process["phases"][0]
    address = f"/work/processes/{process['id']}/phases/{phase['id']}"
    browser.sign_in(f"{address}/move")

    moved = browser.send("", opens_on="2026-11-20", opens_at="", last_day="2026-12-24", closes_at="18:00")
    browser.open(f"{address}/announcement")
    browser.send("", announcement="Meeting on Friday.")

    assert moved.path.endswith("/tabs/publish")
    instants = {"opensAt": "2026-11-20T00:00:00+00:00", "closesAt": "2026-12-24T18:00:00+00:00"}
    assert sent(fake, "PUT", phase["id"]) == [instants]
    assert sent(fake, "PUT", "/announcement") == [{"announcement": {"en": "Meeting on Friday."}}]


def test_a_process_is_cancelled_with_a_reason_that_citizens_read(
    browser: Browser, fake: FakeGateway, process: Json
) -> None:
    browser.sign_in(f"/work/processes/{process['id']}/cancellation")

    refused = browser.send("")
    browser.send("", reason="The budget was cut.")
    page = browser.open("/processes/safe-streets")

    assert refused.status == 400 and "Explain the reason in words" in refused.text()
    assert "This process was cancelled" in page.text() and "The budget was cut." in page.text()
    assert "Propose an idea" not in page.text()


def test_a_review_ends_with_a_note(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process["state"] = "in_review"
    browser.sign_in(f"/work/processes/{process['id']}/approval")

    refused = browser.send("/return", note="No")
    page = browser.send("/return", note="The notice is not clear.")

    assert refused.status == 400 and "Write at least 5 characters" in refused.text()
    assert "Given back with your note." in page.text()
    assert process["reviewNote"] == "The notice is not clear."


@pytest.mark.parametrize(("step", "state"), [("monitor", "monitored"), ("archive", "archived")])
def test_a_decided_process_is_watched_or_filed(
    step: str, state: str, browser: Browser, fake: FakeGateway, process: Json
) -> None:
    process["state"] = "decided"
    browser.sign_in(f"/work/processes/{process['id']}/tabs/report")

    browser.send("/end", step=step)

    assert process["state"] == state


def test_a_plan_is_kept_as_a_blueprint(browser: Browser, fake: FakeGateway, process: Json) -> None:
    browser.sign_in(f"/work/processes/{process['id']}/tabs/plan")

    page = browser.send("/blueprint")

    assert "Saved as a blueprint." in page.text()
    assert sent(fake, "POST", "/blueprint") == [{"title": process["title"]}]


def test_hidden_numbers_are_on_no_page(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process |= {"resultsHidden": True, "counts": {"proposals": 0, "comments": 0, "endorsements": 0}}

    page, home = browser.open("/processes/safe-streets"), browser.open("/")

    assert "Numbers are shown once the phase has closed" in page.text()
    assert "times supported" not in page.text() and "times supported" not in home.text()


def test_citizens_read_what_the_law_wants_published(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process["strategy"] |= {
        "notice": {"en": "Notice is given that the plan is open."},
        "legalBasis": {"en": "Planning Act, section 4"},
        "whatIsNotNegotiable": {"en": "The river stays."},
    }
    process["phases"][0]["announcement"] = {"en": "Come on Friday."}

    page = browser.open("/processes/safe-streets")

    for said in ("Notice is given", "Planning Act, section 4", "The river stays.", "Come on Friday."):
        assert said in page.text()


def test_the_record_shows_what_was_public_when(browser: Browser, fake: FakeGateway, process: Json) -> None:
    page = browser.open("/processes/safe-streets/record")
    entry = browser.open("/processes/safe-streets/record/1")

    assert any("Published" in each for each in page.texts("th"))
    assert "Safer streets around every school." in entry.text() and "ab" * 32 in entry.text()


def test_the_last_day_of_a_phase_is_the_day_on_which_it_is_still_open(
    browser: Browser, fake: FakeGateway, process: Json
) -> None:
    process["phases"][0] |= {"opensAt": "2026-11-01T00:00:00Z", "closesAt": "2026-12-01T00:00:00Z"}

    page = browser.open("/processes/safe-streets")

    assert "1 November 2026 to 30 November 2026" in page.text()

"""Submitting an idea: each step keeps what was typed, and a repeat does one thing."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .steps import joined, sent, summary

Json = dict[str, Any]
TITLE = "A bench at every bus stop"


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

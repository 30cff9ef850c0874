"""Moderators act, authors appeal, officials state facts."""

from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms.moderation import appeal, entry, facts, room, rumour
from .steps import sent, summary

Json = dict[str, Any]


@pytest.fixture
def staff(fake: FakeGateway, process: Json) -> FakeGateway:
    fake.roles = ["official", "moderator"]
    return fake


@pytest.mark.parametrize(
    ("action", "ending"), [("keep", "/keepings"), ("warn", "/warnings"), ("unlabel", "/label-removals")]
)
def test_an_act_needs_a_rule_and_a_reason(
    action: str, ending: str, browser: Browser, staff: FakeGateway, process: Json
) -> None:
    idea = staff.add_proposal(process)
    browser.sign_in(f"/processes/safe-streets/moderation/{action}/proposal/{idea['id']}")

    refused = browser.send("", reason="Bad")
    browser.send("", rule="off_topic", reason="It is about another town.")

    assert refused.status == 400 and "Choose the rule" in refused.text()
    (body,) = sent(staff, "POST", ending)
    assert (body["rule"], body["subject"]["id"]) == ("off_topic", idea["id"])


def test_context_needs_words_and_an_address(browser: Browser, staff: FakeGateway, process: Json) -> None:
    idea = staff.add_proposal(process)
    browser.sign_in(f"/processes/safe-streets/moderation/label/proposal/{idea['id']}")

    refused = browser.send("", rule="misinformation", reason="It is older.", source="gauge")
    browser.send("", words="It floods every ten years.", source="https://example.org/gauge")

    assert refused.status == 400
    assert [field for field, _ in summary(refused)] == ["#words", "#source"]
    (body,) = sent(staff, "POST", "/labels")
    assert (body["words"], body["source"]) == ({"en": "It floods every ten years."}, "https://example.org/gauge")


def test_the_queue_offers_what_can_be_done(browser: Browser, staff: FakeGateway, process: Json) -> None:
    case = {"subject": {"kind": "comment", "id": make.new_id()}, "text": {"en": "Rude"}, "reports": 3,
            "reasons": ["offensive"], "findings": [], "severity": 3, "since": make.instant(days=-1)}  # fmt: skip
    staff.reports = [case | {"heldAt": None}, case | {"heldAt": make.instant()}]

    page = browser.sign_in("/processes/safe-streets/moderation")

    links = [str(each.get("href")) for each in page.all("a")]
    offered = {action: sum(f"/moderation/{action}/" in link for link in links) for action in ("hide", "keep", "warn")}
    assert offered == {"hide": 2, "keep": 2, "warn": 1}
    assert "Out of sight" in page.text()


def test_thresholds_are_set_whole(browser: Browser, staff: FakeGateway) -> None:
    browser.sign_in("/processes/safe-streets/moderation-rules")

    refused = browser.send("", links_most="many", appeal_days="0")
    browser.send("", links_most="1", appeal_days="20", words="scam\nca: estafa", holds=["words", "links"])

    assert refused.status == 400
    assert [field for field, _ in summary(refused)] == ["#links_most", "#appeal_days"]
    (body,) = sent(staff, "PUT", "/moderation-rules")
    assert body["words"] == {"en": ["scam"], "ca": ["estafa"]}
    assert (body["linksMost"], body["appealDays"], body["holds"], body["version"]) == (1, 20, ["words", "links"], 0)


def test_an_author_appeals_from_the_log(browser: Browser, fake: FakeGateway, process: Json) -> None:
    its, acted = room(fake), entry()
    its.entries[acted["id"]] = acted
    its.mine.add(acted["id"])
    browser.sign_in(f"/processes/safe-streets/moderation-log/{acted['id']}")

    refused = browser.send("", reason="No.")
    page = browser.send("", reason="There is no shop in my text.")

    assert refused.status == 400 and [field for field, _ in summary(refused)] == ["#reason"]
    assert sent(fake, "POST", "/appeal") == [{"reason": "There is no shop in my text."}]
    assert "Your appeal" in page.texts("h2")


def test_nobody_else_is_offered_an_appeal(browser: Browser, fake: FakeGateway, process: Json) -> None:
    acted = entry()
    room(fake).entries[acted["id"]] = acted

    public = browser.open(f"/processes/safe-streets/moderation-log/{acted['id']}")
    signed_in = browser.sign_in(f"/processes/safe-streets/moderation-log/{acted['id']}")

    assert list(public.all("main")[0].iter("form")) == list(signed_in.all("main")[0].iter("form")) == []
    assert "Sign in to appeal" in public.text()


def test_another_moderator_decides_an_appeal(browser: Browser, staff: FakeGateway) -> None:
    its, acted = room(staff), entry()
    its.entries[acted["id"]] = acted
    its.appeals.append(appeal(acted["id"]))
    path = f"/processes/safe-streets/appeals/{its.appeals[0]['id']}"
    browser.sign_in(path)

    staff.refusals[("PUT", "/decision")] = (403, make.problem(403, "another-moderator"))
    refused = browser.send("", outcome="upheld", reason="It stands.")
    staff.refusals.clear()
    done = browser.send("", outcome="overturned", reason="She is right.")

    assert refused.status == 403 and "Another moderator decides this" in refused.text()
    assert "No appeal waits" in done.text()
    assert its.appeals[0]["state"] == "overturned"


def test_facts_need_sources_and_keep_other_languages(browser: Browser, staff: FakeGateway) -> None:
    room(staff).facts = facts(2)
    browser.sign_in("/processes/safe-streets/facts/edit")

    refused = browser.send("", sources="The river gauge")
    page = browser.send("", body="It floods every eight years.", sources="The gauge https://example.org/g")

    assert refused.status == 400 and [field for field, _ in summary(refused)] == ["#sources"]
    (body,) = sent(staff, "POST", "/facts")
    assert body["after"] == 2 and set(body["body"]) == {"en", "ca", "ar"}
    assert body["sources"] == [{"title": "The gauge", "address": "https://example.org/g"}]
    assert "It floods every eight years." in page.text()


def test_a_rumour_is_registered_and_answered_anew(browser: Browser, staff: FakeGateway) -> None:
    browser.sign_in("/processes/safe-streets/rumours/new")
    said = {"status": "false", "answer": "Forty are planted.", "sources": "Plan https://example.org/plan"}

    refused = browser.send("", **said)
    browser.send("", claim="All trees will be cut.", **said)
    browser.open(f"/processes/safe-streets/rumours/{room(staff).rumours[0]['id']}")
    page = browser.send("", status="misleading", answer="Two are cut, forty planted.")

    assert refused.status == 400 and [field for field, _ in summary(refused)] == ["#claim"]
    assert room(staff).rumours[0]["number"] == 2
    assert "Misleading" in page.text() and "Two are cut" in page.text()


def test_facts_are_edited_by_officials_alone(browser: Browser, fake: FakeGateway, process: Json) -> None:
    room(fake).rumours.append(rumour())
    browser.sign_in()

    for path in ("facts/edit", "rumours/new", "moderation-rules", "appeals"):
        assert browser.open(f"/processes/safe-streets/{path}").status == 403

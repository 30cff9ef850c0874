"""Ideas afterwards: drafts, changes, pictures, withdrawals, and what readers do with comments."""

from io import BytesIO
from typing import Any

import pytest

from portal.pages.pictures import forms

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms import ideas
from .steps import joined, sent, summary

Json = dict[str, Any]
TITLE = "A bench at every bus stop"


def written(browser: Browser, fake: FakeGateway, process: Json) -> None:
    """An idea on its last step before it is sent."""
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE, language="en")
    browser.send("/details", summary="Old people wait.", category="mobility")


def test_a_draft_is_kept_and_found_again(browser: Browser, fake: FakeGateway, process: Json) -> None:
    written(browser, fake, process)

    page = browser.send("/check", keep="later")

    assert page.path.endswith("/ideas/mine") and "Your draft is kept" in page.text()
    (kept,) = sent(fake, "POST", "/proposals")
    assert (kept["draft"], kept["title"]) == (True, {"en": TITLE})


def test_a_draft_goes_on_where_it_was(browser: Browser, fake: FakeGateway, process: Json) -> None:
    more = {"place": {"name": "School lane"}, "cost": {"amount": 12000, "currency": "EUR", "estimatedBy": None}}
    draft = fake.add_proposal(process, mine=True, state="draft", reference="", publishedAt=None, **more)
    joined(browser, fake, process, f"/ideas/{draft['id']}/edit")

    page = browser.open(f"/ideas/{draft['id']}/edit?step=check")
    assert "School lane" in page.text() and "12000 EUR" in page.text()
    page = browser.send("/check")

    assert page.path.startswith("/receipts/")
    (revised,) = sent(fake, "PUT", draft["id"])
    assert (revised["title"], revised["place"]) == (draft["title"], {"name": "School lane"})
    assert revised["cost"] == {"amount": 12000, "currency": "EUR"}


def test_a_public_idea_is_changed_for_a_while(browser: Browser, fake: FakeGateway, process: Json) -> None:
    young = {"endorsements": 0, "comments": 0, "publishedAt": make.instant(minutes=-5)}
    idea = fake.add_proposal(process, mine=True, **young)
    old = fake.add_proposal(process, mine=True, **young | {"publishedAt": make.instant(minutes=-31)})
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    assert "Edit it" in browser.open(f"/ideas/{idea['id']}").text()
    page = browser.open(f"/ideas/{idea['id']}/edit?step=check")
    assert "Save the change" in page.texts("button")
    browser.send("/check")

    assert len(sent(fake, "PUT", idea["id"])) == 1
    assert "Edit it" not in browser.open(f"/ideas/{old['id']}").text()
    assert browser.open(f"/ideas/{old['id']}/edit").status == 409


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"cost": "a lot", "currency": "EUR"}, ("#cost", "Write the cost as a whole number, for example 12000")),
        ({"cost": "12.000"}, ("#currency", "Write the currency in three letters, for example EUR")),
        ({"display": "pseudonym"}, ("#pseudonym", "Write the name that is shown")),
    ],
)
def test_details_that_cannot_stand_are_told_at_their_field(
    browser: Browser, fake: FakeGateway, process: Json, answers: Json, error: tuple[str, str]
) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE, language="en")

    page = browser.send("/details", summary="Old people wait.", category="mobility", **answers)

    assert page.status == 400
    assert summary(page) == [error]


def test_an_author_may_show_another_name(browser: Browser, fake: FakeGateway, process: Json) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE, language="en")
    shown_as = {"display": "pseudonym", "pseudonym": "Heron", "cost": "12 000", "currency": "eur"}

    browser.send("/details", summary="Old people wait.", category="mobility", **shown_as)
    browser.send("/check")

    (submitted,) = sent(fake, "POST", "/proposals")
    assert (submitted["display"], submitted["pseudonym"]) == ("pseudonym", "Heron")
    assert submitted["cost"] == {"amount": 12000, "currency": "EUR"}


def test_an_idea_is_withdrawn_and_a_draft_deleted_after_a_question(
    browser: Browser, fake: FakeGateway, process: Json
) -> None:
    idea = fake.add_proposal(process, mine=True)
    draft = fake.add_proposal(process, mine=True, state="draft", reference="", publishedAt=None)
    joined(browser, fake, process, f"/ideas/{idea['id']}/withdrawal")

    browser.open(f"/ideas/{idea['id']}/withdrawal")
    assert "is withdrawn" in browser.send("/withdrawal").text()
    browser.open(f"/ideas/{draft['id']}/withdrawal")
    assert "Your draft is deleted" in browser.send("/withdrawal").text()

    assert fake.proposals[idea["id"]]["state"] == "withdrawn"
    assert draft["id"] not in fake.proposals
    assert "The author withdrew this idea" in browser.open(f"/ideas/{idea['id']}").text()


def test_pictures_are_added_and_taken_out(
    browser: Browser, fake: FakeGateway, process: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "BYTES_MOST", 1000)
    idea = fake.add_proposal(process, mine=True)
    joined(browser, fake, process, f"/ideas/{idea['id']}/pictures")
    address = f"/ideas/{idea['id']}/pictures"

    browser.open(address)
    page = browser.send("/pictures", file=(BytesIO(b"pixels"), "tree.jpg"), alt="")
    assert page.status == 400 and summary(page) == [("#alt", "Say in words what the picture shows")]
    page = browser.send("/pictures", file=(BytesIO(b"x" * 1001), "tree.jpg"), alt="A tree")
    assert page.status == 400 and summary(page) == [("#file", "The file is larger than 2 MB")]
    page = browser.send("/pictures", file=(BytesIO(b"pixels"), "tree.jpg"), alt="A tree")

    assert sent(fake, "POST", "/pictures") == [{"alt": {"en": "A tree"}, "content": "cGl4ZWxz"}]
    assert [each.get("alt") for each in page.all("img")] == ["A tree"]
    assert "img" not in browser.send("/removal").html


def test_what_everybody_sees_may_be_kept_by_every_browser(browser: Browser, fake: FakeGateway, process: Json) -> None:
    picture = f"/pictures/{ideas.picture()['id']}"

    answer = browser.client.get(f"{picture}/thumb.webp")

    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["Cache-Control"] == "public, max-age=2592000, immutable"
    assert browser.client.get(f"{picture}/huge.webp").status_code == 404


def test_a_form_of_another_page_takes_no_large_body(browser: Browser, fake: FakeGateway, process: Json) -> None:
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")

    assert browser.send("/new", title="x" * 300_000, language="en").status == 413


def test_a_reader_says_what_is_helpful_and_takes_it_back(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json
) -> None:
    comment = fake.add_comment(idea)
    joined(browser, fake, process, f"/ideas/{idea['id']}")

    browser.open(f"/ideas/{idea['id']}")
    browser.send("/helpful")
    assert comment["helpful"] == 1
    browser.send("/helpful")

    assert comment["helpful"] == 0


def test_a_person_changes_and_removes_her_own_comment(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json
) -> None:
    comment = fake.add_comment(idea, "My own words.", mine=True)
    joined(browser, fake, process, f"/ideas/{idea['id']}")
    address = f"/ideas/{idea['id']}/comments/{comment['id']}/edit?root={comment['id']}"

    page = browser.open(address)
    assert "My own words." in page.html
    page = browser.send("/edit", body="Better words.")
    assert "Better words." in page.text() and "edited" in page.text()
    browser.open(address)
    page = browser.send("/removal")

    assert "The author removed this comment." in page.text()
    assert browser.open(f"/ideas/{idea['id']}/comments/{comment['id']}/edit?root=nothing").status == 404


def test_an_official_answers_above_all_comments(browser: Browser, fake: FakeGateway, process: Json, idea: Json) -> None:
    fake.roles = ["official"]
    joined(browser, fake, process, f"/ideas/{idea['id']}/official-answer")

    page = browser.open(f"/ideas/{idea['id']}/official-answer")
    page = browser.send("/official-answer", body="We build it in May.", office="")
    assert summary(page) == [("#office", "Say which office answers")]
    browser.send("/official-answer", body="We build it in May.", office="Office of streets")

    (posted,) = sent(fake, "POST", "/comments")
    assert posted == {"body": {"en": "We build it in May."}, "kind": "official_answer", "office": "Office of streets"}


def test_support_that_is_hidden_is_on_no_page(browser: Browser, fake: FakeGateway, process: Json) -> None:
    process["phases"][0]["hidesResults"] = True
    idea = fake.add_proposal(process, endorsements=None, countsHidden=True)

    for path in (f"/ideas/{idea['id']}", "/processes/safe-streets/ideas"):
        assert "supporter" not in browser.open(path).text()
    assert "most_supported" not in browser.open("/processes/safe-streets/ideas").html


def test_what_people_did_who_were_shown_similar_ideas_is_recorded(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json
) -> None:
    fake.alike = [idea["id"]]
    joined(browser, fake, process, "/processes/safe-streets/ideas/new")
    browser.send("/new", title=TITLE, language="en")
    browser.send("/endorsement")
    browser.open("/processes/safe-streets/ideas/new/details")
    browser.send("/details", summary="Old people wait.", category="mobility")

    outcomes = [each["outcome"] for each in sent(fake, "POST", "/outcomes")]

    assert outcomes == ["shown", "supported_instead", "continued"]


def test_an_amendment_goes_from_words_to_the_authors_answer(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json
) -> None:
    process["phases"][0]["accepts"].append("amendment")
    joined(browser, fake, process, f"/ideas/{idea['id']}/amendments/new")

    page = browser.open(f"/ideas/{idea['id']}/amendments/new")
    page = browser.send("/new", rationale="Better so.")
    assert summary(page) == [("#rationale", "Change at least one word of the idea")]
    page = browser.send("/new", summary="Cars stop, children are seen.", rationale="Better so.")
    assert page.path.startswith("/amendments/") and "Withdraw the amendment" in page.texts("button")
    (proposed,) = sent(fake, "POST", "/amendments")
    assert proposed == {"summary": {"en": "Cars stop, children are seen."}, "rationale": {"en": "Better so."}}

    (made,) = vars(fake)["amendments"].values()
    made |= {"mine": False, "decidedByMe": True}
    page = browser.open(page.path)
    page = browser.send("/decision", outcome="", reason="")
    assert [field for field, _ in summary(page)] == ["#outcome", "#reason"]
    page = browser.send("/decision", outcome="rejected", reason="Stopping is too much.")

    assert "Stopping is too much." in page.text() and made["state"] == "rejected"


def test_refused_words_become_an_idea_of_their_own(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json
) -> None:
    refused = ideas.amendment(idea["id"], state="rejected", reason={"en": "No."}, mine=True)
    vars(fake)["amendments"] = {refused["id"]: refused}
    joined(browser, fake, process, f"/amendments/{refused['id']}")

    browser.open(f"/amendments/{refused['id']}")
    page = browser.send("/promotion")

    assert page.path == f"/ideas/{refused['promotedId']}"


def test_an_official_sets_rules(browser: Browser, fake: FakeGateway, process: Json) -> None:
    fake.roles = ["official"]
    browser.sign_in()

    browser.open(f"/work/processes/{process['id']}/rules")
    page = browser.send("/rules", support_most="none", measure="percent", value="")
    assert [field for field, _ in summary(page)] == ["#support_most", "#value"]
    page = browser.send("/rules", support_most="5", measure="percent", value="2,5")

    assert "The rules are set." in page.text()
    (wanted,) = sent(fake, "PUT", "/proposal-rules")
    assert wanted == {
        "supportMost": 5,
        "threshold": {"measure": "percent", "value": 2.5},
        "otherNames": True,
        "amendments": True,
        "version": 0,
    }


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_full_page_of_comments_stays_small(
    browser: Browser, fake: FakeGateway, process: Json, idea: Json, signed_in: bool
) -> None:
    words = "The crossing lies behind a bend, and drivers see the children late; lower kerbs would help as well. " * 2
    for _ in range(20):
        root = fake.add_comment(idea, words)
        root |= {"replies": [make.reply(root, words) for _ in range(2)], "repliesTotal": 250}
    idea["comments"] = 5000
    if signed_in:
        joined(browser, fake, process, "/")
    browser.open("/")
    fake.calls.clear()

    page = browser.open(f"/ideas/{idea['id']}")

    assert len(page.html.encode()) <= (90_000 if signed_in else 60_000), len(page.html)
    assert page.wire_bytes <= 12_000, page.wire_bytes
    assert len(fake.calls) <= 3

"""Every page, in every language: it renders, is well built, and is small."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from . import make, rooms
from .browser import Browser, Page
from .fake_gateway import FakeGateway
from .structure import Reader

LANGUAGES = ("en", "ca", "ar")
Json = dict[str, Any]


class World:
    """A process with everything in it."""

    def __init__(self, fake: FakeGateway) -> None:
        self.fake = fake
        self.process = fake.add_process()
        self.ideas = [fake.add_proposal(self.process, number) for number in range(1, 26)]
        self.idea = self.ideas[0]
        self.root = fake.add_comment(self.idea, "A good start, but the bus stop is in the way.")
        answer = make.reply(self.root)
        self.root |= {"replies": [answer], "repliesTotal": 3}
        fake.add_comment(self.idea, "No.", position="against", body=None, state="hidden", hiddenReason="An insult.")
        fake.replies[self.root["id"]] = [answer, make.reply(self.root, "And I too.", depth=2, parentId=answer["id"])]
        self.decided = fake.add_process(slug="parks", state="decided", title=make.words("Parks", "Parcs", "الحدائق"),
                                        phases=[make.phase(-60, -30, "proposal")])  # fmt: skip
        accepted = fake.add_proposal(self.decided, 1)
        accepted |= {"decision": make.decision(accepted["id"], "accepted"), "verification": "valid"}
        self.draft = fake.add_process(slug="water", state="in_review", missing=["/strategy/privacyNotice"])
        fake.tasks = [
            {"id": make.new_id(), "kind": kind, "processId": self.process["id"], "openedAt": make.instant(days=-1),
             "instanceId": make.new_id()}
            for kind in ("approve", "verify", "decide")
        ]  # fmt: skip
        subject = {"kind": "comment", "id": self.root["id"]}
        fake.reports = [{"subject": subject, "text": {"en": "Rude words"}, "reports": 2, "reasons": ["offensive"],
                         "findings": ["links"], "severity": 3, "since": make.instant(days=-1),
                         "heldAt": None}]  # fmt: skip
        fake.moderation = [{"id": make.new_id(), "subject": subject, "action": "hide", "rule": "offensive",
                            "reason": "An insult.", "at": make.instant(days=-1)}]  # fmt: skip
        fake.joined.add(self.process["id"])
        fake.alike = [self.ideas[3]["id"]]
        rooms.furnish(self)


@pytest.fixture
def world(fake: FakeGateway) -> World:
    fake.roles = ["participant", "official", "moderator"]
    return World(fake)


PAGES: dict[str, Callable[[World], str]] = {
    "home": lambda w: "/",
    "help": lambda w: "/help",
    "process": lambda w: "/processes/safe-streets",
    "decided process": lambda w: "/processes/parks",
    "ideas": lambda w: "/processes/safe-streets/ideas",
    "idea": lambda w: f"/ideas/{w.idea['id']}",
    "conversation": lambda w: f"/ideas/{w.idea['id']}/comments/{w.root['id']}",
    "results": lambda w: "/processes/parks/results",
    "figures": lambda w: "/processes/safe-streets/results",
    "moderation log": lambda w: "/processes/safe-streets/moderation-log",
    "receipt lookup": lambda w: "/receipts",
    "receipt": lambda w: f"/receipts/{make.receipt()['code']}",
    "no such page": lambda w: "/nowhere",
    **rooms.pages("PAGES"),
}
PAGES_BEHIND_SIGN_IN: dict[str, Callable[[World], str]] = {
    "support": lambda w: f"/ideas/{w.idea['id']}/support",
    "reply": lambda w: f"/ideas/{w.idea['id']}/comments/{w.root['id']}/reply",
    "report": lambda w: f"/reports/comment/{w.root['id']}?idea={w.idea['id']}",
    "join": lambda w: "/processes/safe-streets/join",
    "submit": lambda w: "/processes/safe-streets/ideas/new",
    "work": lambda w: "/work",
    "approval": lambda w: f"/work/processes/{w.draft['id']}/approval",
    "verification": lambda w: f"/work/processes/{w.process['id']}/verification",
    "decisions": lambda w: f"/work/processes/{w.process['id']}/decisions",
    "decision": lambda w: f"/work/ideas/{w.idea['id']}/decision",
    "moderation queue": lambda w: "/processes/safe-streets/moderation",
    "hide": lambda w: f"/processes/safe-streets/moderation/hide/comment/{w.root['id']}",
    **rooms.pages("PAGES_BEHIND_SIGN_IN"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_for_everyone(name: str, language: str, world: World, browser: Browser) -> None:
    page = browser.open(PAGES[name](world), language)

    assert page.status == (404 if name == "no such page" else 200)
    assert_well_built(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*PAGES, *PAGES_BEHIND_SIGN_IN])
def test_a_page_renders_for_someone_signed_in(name: str, language: str, world: World, browser: Browser) -> None:
    browser.sign_in()

    page = browser.open((PAGES | PAGES_BEHIND_SIGN_IN)[name](world), language)

    assert page.status == (404 if name == "no such page" else 200)
    assert page.path == (PAGES | PAGES_BEHIND_SIGN_IN)[name](world)
    assert_well_built(page, language)


@pytest.mark.parametrize("name", PAGES)
def test_a_cold_page_weighs_at_most_50_kilobytes(name: str, world: World, browser: Browser) -> None:
    page = browser.open(PAGES[name](world))
    scripts = page.all("script")
    linked = [each.get("href") for each in page.all("link")] + [each.get("src") for each in scripts]

    files = [browser.client.get(href, headers={"Accept-Encoding": "gzip"}) for href in linked]

    assert {answer.status_code for answer in files} == {200}
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.wire_bytes + sum(len(answer.data) for answer in files) < 50_000
    assert all(each.get("defer") is not None for each in scripts)
    assert all(each.get("loading") == "lazy" and each.get("alt") for each in page.all("img"))


@pytest.mark.parametrize("name", ["home", "ideas", "moderation log", "process"])
def test_a_list_asks_at_most_two_questions(name: str, world: World, browser: Browser) -> None:
    browser.open("/")
    world.fake.calls.clear()

    browser.open(PAGES[name](world))

    assert 1 <= len(world.fake.calls) <= 2


@pytest.mark.parametrize(
    "source",
    [
        "<p><div></div></p>",
        "<ul><a></a></ul>",
        "<b>",
        "<i></b>",
        '<a id="1" id="2"></a>',
        "<dl><li></li></dl>",
        "<br/>",
    ],
)
def test_the_reader_of_these_tests_finds_faults(source: str) -> None:
    assert Reader(source).errors


def test_what_people_wrote_is_never_markup(world: World, browser: Browser) -> None:
    page = browser.open(f"/ideas/{world.idea['id']}")

    assert "&lt;b&gt;for good&lt;/b&gt;" in page.html
    assert "<b>" not in page.html


def test_a_text_in_another_language_says_so(world: World, browser: Browser) -> None:
    page = browser.open(f"/ideas/{world.idea['id']}", "ar")

    heading = page.all("h1")[0]
    fragment = next(heading.iter("span"))
    assert (fragment.get("lang"), fragment.get("dir")) == ("en", "ltr")


def assert_well_built(page: Page, language: str) -> None:
    """One language and direction, one main heading, every field labelled, every id once, nothing inline."""
    root = page.all("html")[0]
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.errors == []
    assert len(page.all("h1")) == 1
    titles = [each.text for each in page.all("head")[0].iter("title")]
    assert len(titles) == 1 and titles[0]
    ids = [each.get("id") for each in page.root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in page.all("label")}
    for field in [*page.all("input"), *page.all("select"), *page.all("textarea")]:
        assert field.get("type") == "hidden" or field.get("id") in labelled
    for described in (each.get("aria-describedby") for each in page.root.iter()):
        assert set((described or "").split()) <= set(ids)
    for anchor in page.all("a"):
        assert anchor.get("href") and "".join(anchor.itertext()).strip()
    for button in page.all("button"):
        assert "".join(button.itertext()).strip()
    for form in page.all("form"):
        names = {each.get("name") for each in form.iter("input")}
        assert form.get("method") != "post" or "csrf_token" in names
    headings = [int(each.tag[1]) for each in page.root.iter() if re.fullmatch(r"h[1-6]", str(each.tag))]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert " style=" not in page.html and "<style" not in page.html
    assert not re.search(r"<script(?! src=)", page.html)
    assert not re.search(r"\son\w+=", page.html)

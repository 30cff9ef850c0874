"""A citizen takes part, with nothing but a browser: no JavaScript, no account before she needs one."""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from running import Running

Visit = Callable[..., Page]
PROCESS = "Greener streets in our district"


def register(page: Page) -> None:
    """On identity's page, reached from the portal; afterwards she is back where she was."""
    page.get_by_role("link", name="Create an account").or_(page.get_by_role("link", name="Register")).first.click()
    page.locator("input[name=login]").fill(f"{secrets.token_hex(6)}@example.org")
    page.locator("input[name=display_name]").fill("Wanjiru")
    page.locator("input[name=password]").fill("a long and quiet sentence")
    page.locator("main button, form button").last.click()


def join(page: Page) -> None:
    """The page that says what is stored, then her consent."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Join this process")
    expect(page.locator("main")).to_contain_text("Two years after the process has ended")
    page.get_by_label("Name to show").fill("Wanjiru")
    page.get_by_label("E-mail address (optional)").fill("wanjiru@example.org")
    page.get_by_label("I have read this and agree").check()
    page.get_by_role("button", name="Join").click()


@pytest.mark.timeout(120)
def test_a_citizen_proposes_an_idea_and_gets_a_receipt(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=PROCESS).click()
    page.get_by_role("link", name="Propose an idea").click()
    register(page)
    join(page)

    page.get_by_label(re.compile("title", re.I)).fill("Plant shade trees along our street")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Plant shade trees along the market street")
    page.get_by_role("link", name=re.compile("continue", re.I)).or_(
        page.get_by_role("button", name=re.compile("continue|new", re.I))
    ).first.click()
    page.get_by_label(re.compile("^Summary")).fill("Trees on both sides, with benches below.")
    page.get_by_label("Category").select_option(index=1)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Submit the idea").click()

    receipt = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", page.locator("main").inner_text())
    assert receipt
    page.get_by_role("link", name="Check a receipt").first.click()
    page.locator("main input[type=text], main input:not([type=hidden])").first.fill(receipt.group(0))
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("counted|counts", re.I))


@pytest.mark.timeout(120)
def test_support_is_counted_once_and_seen_at_once(visit: Visit, mesh: Running) -> None:
    page = visit()
    page.goto(f"{mesh.layout.portal_url}/processes/green-streets-2026/ideas?order=most_supported")
    name = page.locator("li.idea a").first.inner_text()
    before = supporters(page, name)

    idea(page, name).get_by_role("link", name=re.compile("Support it")).click()
    register(page)
    page.get_by_role("button", name="Support this idea").click()
    join(page)
    page.get_by_role("button", name="Support this idea").click()

    expect(page.locator("main")).to_contain_text("Your support is counted")
    page.goto(f"{mesh.layout.portal_url}/processes/green-streets-2026/ideas?order=most_supported")
    assert supporters(page, name) == before + 1
    expect(idea(page, name)).to_contain_text("You support this")


def idea(page: Page, name: str) -> Locator:
    return page.locator("li.idea").filter(has_text=name)


def supporters(page: Page, name: str) -> int:
    """What the idea's card says; counts are at most a second behind."""
    found = re.search(r"(\d+)\s+supporter", idea(page, name).inner_text())
    assert found
    return int(found.group(1))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ca", "ltr"), ("ar", "rtl")])
def test_every_language_has_its_direction_and_its_words(visit: Visit, language: str, direction: str) -> None:
    page = visit(width=390)
    page.locator(f"header a[hreflang={language}]").click()

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == direction
    if language != "en":
        assert page.locator("h1").inner_text() != "Have your say. See what came of it."


@pytest.mark.timeout(60)
def test_a_page_that_is_not_there_says_so_and_shows_a_way_on(visit: Visit, mesh: Running) -> None:
    page = visit()

    answer = page.goto(f"{mesh.layout.portal_url}/processes/nothing-here")

    assert answer
    assert answer.status == 404
    assert page.locator("main a").count() >= 1

"""Every public page passes axe-core's rules for WCAG 2.2 AA, in a left-to-right and a right-to-left language."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from running import Running

Visit = Callable[..., Page]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PROCESS = "/processes/green-streets-2026"
PATHS = ["/", PROCESS, f"{PROCESS}/ideas", f"{PROCESS}/results", f"{PROCESS}/moderation-log", "/receipts", "/help"]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_a_rule_of_accessibility(visit: Visit, mesh: Running, language: str) -> None:
    page = visit(javascript=True)  # the checker needs it, the pages do not
    page.goto(f"{mesh.layout.portal_url}/language/{language}?next=/")
    axe = Axe()
    broken = {}

    for path in [*PATHS, first_idea(page, mesh)]:
        page.goto(f"{mesh.layout.portal_url}{path}")
        found = axe.run(page, options=RULES).response["violations"]
        if found:
            broken[path] = [(each["id"], each["nodes"][0]["html"][:120]) for each in found]
    page.goto(f"{mesh.layout.portal_url}/sign-in")
    for address in (page.url, page.locator("a[href*='/register']").first.evaluate("link => link.href")):
        page.goto(address)
        if found := axe.run(page, options=RULES).response["violations"]:
            broken[address] = [(each["id"], each["nodes"][0]["html"][:120]) for each in found]

    assert broken == {}


@pytest.mark.timeout(60)
def test_a_page_can_be_worked_by_keyboard_and_is_as_wide_as_a_small_phone(visit: Visit, mesh: Running) -> None:
    page = visit(javascript=True, width=320)
    page.goto(f"{mesh.layout.portal_url}{PROCESS}/ideas")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def first_idea(page: Page, mesh: Running) -> str:
    page.goto(f"{mesh.layout.portal_url}{PROCESS}/ideas")
    return str(page.locator("li.idea a").first.get_attribute("href"))

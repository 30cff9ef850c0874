"""A moderator hides, the author appeals, another moderator decides, and the log shows it; without JavaScript."""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from running import Running

from mesh import secrets as demo

Visit = Callable[..., Page]
SLUG = "green-streets-2026"
PROCESS = "Greener streets in our district"


def sign_in(page: Page, mesh: Running, number: int) -> None:
    """As the first or the second moderator."""
    moderator = [account for account in demo.accounts(mesh.layout) if account["role"] == "moderator"][number]
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(moderator["login"])
    page.locator("input[name=password]").fill(moderator["password"])
    page.locator("main button, form button").last.click()


def propose(page: Page, title: str) -> None:
    """A new person's idea."""
    page.get_by_role("link", name=PROCESS).click()
    page.get_by_role("link", name="Propose an idea").click()
    page.get_by_role("link", name="Create an account").or_(page.get_by_role("link", name="Register")).first.click()
    page.locator("input[name=login]").fill(f"{secrets.token_hex(6)}@example.org")
    page.locator("input[name=display_name]").fill("Wanjiru")
    page.locator("input[name=password]").fill("a long and quiet sentence")
    page.locator("main button, form button").last.click()
    page.get_by_label("Name to show").fill("Wanjiru")
    page.get_by_label("I have read this and agree").check()
    page.get_by_role("button", name="Join").click()
    page.get_by_label(re.compile("title", re.I)).fill(title)
    page.get_by_role("button", name="Continue").click()
    summary = page.get_by_label(re.compile("^Summary"))
    if not summary.count():
        page.get_by_role("link", name=re.compile("continue", re.I)).or_(
            page.get_by_role("button", name=re.compile("continue|new", re.I))
        ).first.click()
    summary.fill("A lamp at the corner, so that children are seen.")
    page.get_by_label("Category").select_option(index=1)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Submit the idea").click()


@pytest.mark.timeout(240)
def test_what_a_moderator_hides_another_shows_after_an_appeal(visit: Visit, mesh: Running) -> None:
    title = f"A lamp at corner {secrets.token_hex(4)}"
    author = visit()
    propose(author, title)
    log = f"{mesh.layout.portal_url}/processes/{SLUG}/moderation-log"

    first = visit()
    sign_in(first, mesh, 0)
    first.goto(f"{mesh.layout.portal_url}/processes/{SLUG}/ideas?order=newest")
    first.get_by_role("link", name=title).click()
    first.locator("main").get_by_role("link", name="Hide").click()
    first.locator("input[name=rule][value=duplicate]").check()
    first.get_by_label("Reason", exact=True).fill("Another idea asks for this lamp.")
    first.get_by_role("button", name="Hide it").click()

    author.goto(log)
    author.get_by_role("row").filter(has_text="Another idea asks for this lamp.").get_by_role("link").first.click()
    author.get_by_label("Why should it be looked at again?").fill("The other lamp stands at another corner.")
    author.get_by_role("button", name="Send the appeal").click()
    expect(author.locator("main")).to_contain_text("Your appeal")

    appeals = f"{mesh.layout.portal_url}/processes/{SLUG}/appeals"
    first.goto(appeals)
    decide(first, "upheld", "It was right.")
    expect(first.locator("main")).to_contain_text("Another moderator decides this")

    second = visit()
    sign_in(second, mesh, 1)
    second.goto(appeals)
    decide(second, "overturned", "They are two different corners.")

    public = visit()
    public.goto(log)
    row = public.get_by_role("row").filter(has_text="Another idea asks for this lamp.")
    expect(row).to_contain_text("Overturned after an appeal")
    public.goto(f"{mesh.layout.portal_url}/processes/{SLUG}/ideas?order=newest")
    expect(public.locator("main")).to_contain_text(title)


def decide(page: Page, outcome: str, reason: str) -> None:
    page.locator("ul.tasks").get_by_role("link").last.click()
    page.locator(f"input[name=outcome][value={outcome}]").check()
    page.get_by_label("Reason", exact=True).fill(reason)
    page.get_by_role("button", name="Decide").click()

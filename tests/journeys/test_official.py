"""An official takes a process from review to published answers, in the browser, without JavaScript."""

import re
import secrets
from collections.abc import Callable

import pytest
from planned import contribute_and_close, hand_in
from playwright.sync_api import Page, expect
from running import Running

from mesh import secrets as demo

Visit = Callable[..., Page]


def sign_in(page: Page, mesh: Running, number: int) -> None:
    """As the first or the second official."""
    official = [account for account in demo.accounts(mesh.layout) if account["role"] == "official"][number]
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(official["login"])
    page.locator("input[name=password]").fill(official["password"])
    page.locator("main button, form button").last.click()
    expect(page.get_by_role("link", name="My work")).to_be_visible()


def open_task(page: Page, title: str) -> None:
    page.get_by_role("link", name="My work").click()
    page.get_by_role("listitem").filter(has_text=title).get_by_role("link").click()


@pytest.mark.timeout(240)
def test_an_official_approves_verifies_decides_and_publishes(visit: Visit, mesh: Running) -> None:
    slug = f"quiet-square-{secrets.token_hex(3)}"
    title = f"A quiet square {slug[-6:]}"
    process = hand_in(mesh.layout, slug, title)

    drafter = visit()
    sign_in(drafter, mesh, 0)
    open_task(drafter, title)
    drafter.get_by_role("button", name="Approve and schedule").click()
    expect(drafter.locator("main")).to_contain_text(re.compile("second official|another official", re.I))

    page = visit()
    sign_in(page, mesh, 1)
    open_task(page, title)
    page.get_by_role("button", name="Approve and schedule").click()
    contribute_and_close(mesh.layout, process, 2)

    open_task(page, title)
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Valid")).first.click()
    page.get_by_role("button", name=re.compile("Seal|End the check", re.I)).click()

    open_task(page, title)
    for outcome, reason in (("Accepted", ""), ("Not accepted", "The square has no room for both.")):
        page.locator("main a", has_text=re.compile("Decide", re.I)).first.click()
        page.get_by_label(outcome, exact=True).check()
        page.locator("select[name=reason_code], select").first.select_option(index=1)
        page.locator("textarea").first.fill(reason or "It fits the plan of the district.")
        page.locator("main form button").last.click()
    page.get_by_role("button", name=re.compile("Publish", re.I)).click()

    public = visit()
    public.goto(f"{mesh.layout.portal_url}/processes/{slug}/results")
    expect(public.locator("main")).to_contain_text("The square has no room for both.")
    expect(public.locator("main")).to_contain_text(re.compile("2\\s+ideas|ideas.*2", re.S))

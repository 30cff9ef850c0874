"""Officials in the browser: how they come in, and how they find what waits for them."""

from playwright.sync_api import Page, expect
from running import Running

from mesh import secrets as demo


def sign_in(page: Page, mesh: Running, number: int) -> None:
    """As the first or the second official."""
    official = [account for account in demo.accounts(mesh.layout) if account["role"] == "official"][number]
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(official["login"])
    page.locator("input[name=password]").fill(official["password"])
    page.locator("main button, form button").last.click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="My work")).to_be_visible()


def open_task(page: Page, title: str) -> None:
    """What waits for an official in the process of this title."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My work").click()
    page.get_by_role("listitem").filter(has_text=title).get_by_role("link").click()

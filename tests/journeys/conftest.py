"""A browser as people have it: Debian's Chromium, headless, without JavaScript unless a test asks for it."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from running import Running

_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Chromium is needed (Debian's package chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, "--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, mesh: Running) -> Iterator[Callable[..., Page]]:
    """`visit(javascript=False, language="en", width=1200)` is a new person's browser, on the portal's first page."""
    contexts: list[BrowserContext] = []

    def open_page(*, javascript: bool = False, language: str = "en", width: int = 1200) -> Page:
        context = browser.new_context(
            java_script_enabled=javascript, locale=language, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(mesh.layout.portal_url)
        return page

    yield open_page
    for context in contexts:
        context.close()

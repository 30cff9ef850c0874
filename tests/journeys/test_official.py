"""An official takes a process from review to published answers, in the browser, without JavaScript."""

import re
import secrets
from collections.abc import Callable

import pytest
from at_work import open_task, sign_in
from planned import contribute_and_close, hand_in
from playwright.sync_api import Page, expect
from running import Running

Visit = Callable[..., Page]
REFUSAL = "The square has no room for both; the fountain was there first."


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
    page.get_by_role("button", name=re.compile("^Valid")).first.click()
    page.get_by_role("button", name="Mark the 1 idea on this page valid").click()
    page.get_by_role("button", name="Seal the input").click()

    open_task(page, title)
    for outcome, reason in (("accepted", "It fits the plan of the district and its budget."), ("rejected", REFUSAL)):
        page.get_by_role("cell").get_by_role("link", name=re.compile("^Decide")).first.click()
        page.locator(f"input[name=outcome][value={outcome}]").check()
        page.get_by_label("Reason", exact=True).select_option("other")
        page.get_by_label("The reason in words").fill(reason)
        page.get_by_role("button", name="Save the decision").click()
    page.get_by_role("button", name="Publish all answers").click()

    public = visit()
    public.goto(f"{mesh.layout.portal_url}/processes/{slug}/results")
    expect(public.locator("main")).to_contain_text("It fits the plan of the district")
    public.get_by_label("Decision").select_option("rejected")
    public.get_by_role("button", name="Show").click()
    expect(public.locator("main")).to_contain_text(REFUSAL)

"""An official takes a process from nothing to its scheduled phases, with nothing but a browser: no JavaScript."""

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from at_work import open_task, sign_in
from playwright.sync_api import Page, expect
from running import Running

from mesh.layout import AGREEMENT

Visit = Callable[..., Page]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def fill(page: Page, **answers: str) -> None:
    """`{name of the field: text}`."""
    for name, text in answers.items():
        page.locator(f"main [name={name}]").fill(text)


@pytest.mark.timeout(240)
def test_an_official_plans_a_process_and_another_publishes_it(visit: Visit, mesh: Running) -> None:
    title = f"A park for {secrets.token_hex(3)}"
    page = visit()
    sign_in(page, mesh, 0)

    begin(page, title)
    write(page)
    set_dates(page)
    translate(page)
    page.get_by_role("link", name="Preview as citizens see it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("The old trees stay.")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("button", name="Hand in for approval").click()
    page.get_by_role("button", name="Approve and schedule").click()
    expect(page.locator("main")).to_contain_text(re.compile("another official", re.I))

    second = visit()
    sign_in(second, mesh, 1)
    open_task(second, title)
    second.get_by_role("button", name="Approve and schedule").click()
    expect(second.locator("main")).to_contain_text("Approved.")

    citizen = visit()
    citizen.get_by_role("link", name=title).click()
    expect(citizen.locator("main")).to_contain_text("Notice is given.")
    citizen.get_by_role("link", name="Publication record").click()
    expect(citizen.get_by_role("row")).to_have_count(2)
    citizen.get_by_role("link", name=re.compile("^Published")).click()
    expect(citizen.locator("main")).to_contain_text("Parks Act, section 4")


def begin(page: Page, title: str) -> None:
    """An empty plan, which is not taken."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My work").click()
    page.get_by_role("link", name="Plan a process").click()
    fill(page, title=title)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("main")).to_contain_text("At least one phase")
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_role("alert")).to_contain_text("The plan is not complete")


def write(page: Page) -> None:
    """Every subject, one after the other; a mistake is told and corrected."""
    page.get_by_role("link", name="Name, summary and languages").click()
    fill(page, summary="What should the new park have?", area="The old station", languages="en, ca")
    save(page)
    page.get_by_label("You help to shape the decision").check()
    fill(page, objective="A park that people use.", what_is_decided="What is built.", who_decides="The council.")
    fill(page, what_is_not_negotiable="The old trees stay.")
    save(page)
    fill(page, how_input_is_used="Each idea is read.", how_feedback_is_given="Each idea is answered.")
    fill(page, feedback_due_date=in_days(90))
    save(page)
    fill(page, responsible_official="Office for parks, Ada", target_participants="many")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Write a whole number")
    fill(page, target_participants="500")
    save(page)
    fill(page, privacy_notice="Your name stays with us.", data_agreement=AGREEMENT)
    save(page)
    page.get_by_label("A law asks for this process").check()
    fill(page, legal_basis="Parks Act, section 4", notice="Notice is given.", minimum_days="20")
    save(page)


def set_dates(page: Page) -> None:
    """One phase, too short for the law at first."""
    page.get_by_role("link", name="Add a phase").click()
    fill(page, title="Ideas", opens_on=in_days(1), last_day=in_days(10))
    page.get_by_label("Idea", exact=True).check()
    page.get_by_label("Comment", exact=True).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Back to the plan").click()
    page.get_by_role("button", name="Hand in for approval").click()
    expect(page.get_by_role("alert")).to_contain_text("The law asks for more time")
    page.get_by_role("link", name="The phases").click()
    page.get_by_role("link", name="Ideas").click()
    fill(page, last_day=in_days(40))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Back to the plan").click()


def translate(page: Page) -> None:
    """The title, into Catalan."""
    page.get_by_role("link", name="Translations").click()
    page.get_by_role("link", name=re.compile("Catalan")).click()
    page.locator("textarea").first.fill("Un parc nou")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Plan", exact=True).click()


def in_days(number: int) -> str:
    """As a date field takes it."""
    return (datetime.now(UTC).date() + timedelta(days=number)).isoformat()

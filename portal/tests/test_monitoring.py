"""The page on participation."""

from typing import Any

from .browser import Browser
from .fake_gateway import FakeGateway


def test_small_groups_are_not_shown_and_what_has_no_figure_is_left_out(
    browser: Browser, process: dict[str, Any]
) -> None:
    page = browser.open("/processes/safe-streets/participation")

    assert "1,033" in page.text() and "fewer than 10" in page.text()
    assert "Groups of fewer than ten are not shown" in page.text()
    assert "42.0%" in page.text() and "Target reached" not in page.text()
    assert "hoped for" not in page.text()


def test_officials_read_what_to_do_when_few_take_part(
    browser: Browser, fake: FakeGateway, process: dict[str, Any]
) -> None:
    fake.roles = ["official"]
    browser.sign_in()

    page = browser.open("/processes/safe-streets/participation")

    assert "Fewer people take part than hoped for" in page.text()
    assert "the target asks for 500" in page.text()
    assert "Nobody contributed for three days" in page.text()


def test_days_are_the_newest_28_in_the_words_of_the_page(browser: Browser, process: dict[str, Any]) -> None:
    page = browser.open("/processes/safe-streets/participation", "ca")

    assert "Els últims 28 dies amb aportacions" in page.text()
    assert "30 de juny" in page.text() and "2 de juny" not in page.text().replace("22 de juny", "").replace(
        "12 de juny", ""
    )

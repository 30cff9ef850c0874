"""Open data: files part by part, the dictionary, and the catalogue."""

import json
from typing import Any

import pytest

from .browser import Browser
from .fake_gateway import FakeGateway


def test_a_file_comes_whole_though_it_is_asked_for_in_parts(browser: Browser, process: dict[str, Any]) -> None:
    answer = browser.client.get("/processes/safe-streets/data/proposals.csv")

    assert answer.data.decode() == "reference\r\nSTREETS-1 ئ\r\nSTREETS-2\r\n"
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="safe-streets-proposals.csv"'


def test_a_workbook_keeps_its_bytes(browser: Browser, process: dict[str, Any]) -> None:
    assert browser.client.get("/processes/safe-streets/data/proposals.xlsx").data == b"PK\x03\x04"


@pytest.mark.parametrize("path", ["proposals.exe", "songs.csv", "proposals.csv?variant=secret"])
def test_what_there_is_not_is_a_page(browser: Browser, process: dict[str, Any], path: str) -> None:
    page = browser.open(f"/processes/safe-streets/data/{path}")

    assert page.status == 404 and page.all("h1")


def test_officials_find_their_variant_and_others_do_not(
    browser: Browser, fake: FakeGateway, process: dict[str, Any]
) -> None:
    assert "For officials" not in browser.open("/processes/safe-streets/data").text()
    fake.roles = ["official"]
    browser.sign_in()

    page = browser.open("/processes/safe-streets/data")

    assert "For officials" in page.text()
    assert [each.get("href") for each in page.all("a") if "internal" in (each.get("href") or "")]


def test_the_catalogue_leads_to_files_that_are_there(browser: Browser, process: dict[str, Any]) -> None:
    answer = browser.client.get("/open-data/catalogue.jsonld")

    catalogue = json.loads(answer.data)

    assert answer.mimetype == "application/ld+json"
    assert catalogue["@type"] == "dcat:Catalog"
    proposals = catalogue["dcat:dataset"][0]
    assert {"@value": "Safe streets to school: proposals", "@language": "en"} in proposals["dct:title"]
    for each in proposals["dcat:distribution"]:
        assert each["dct:license"]["@id"].endswith("/by/4.0/")
        assert browser.client.get(each["dcat:downloadURL"]["@id"]).status_code == 200


def test_drafts_are_not_in_the_catalogue(browser: Browser, fake: FakeGateway) -> None:
    fake.add_process(slug="secret", state="draft")

    assert json.loads(browser.client.get("/open-data/catalogue.jsonld").data)["dcat:dataset"] == []

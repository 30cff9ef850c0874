"""Steps that several journeys share."""

from typing import Any

from .browser import Browser, Page
from .fake_gateway import FakeGateway

Json = dict[str, Any]


def joined(browser: Browser, fake: FakeGateway, process: Json, path: str = "/") -> Page:
    fake.joined.add(process["id"])
    return browser.sign_in(path)


def sent(fake: FakeGateway, verb: str, ending: str) -> list[Any]:
    return [body for made, path, body in fake.calls if made == verb and path.endswith(ending)]


def summary(page: Page) -> list[tuple[str, str]]:
    """`(field id, message)` of the error summary, each leading to a field that is there."""
    found = [each for each in page.all("div") if each.get("class") == "summary"]
    links = [link for each in found for link in each.iter("a")]
    for link in links:
        assert page.by_id(str(link.get("href")).removeprefix("#")) is not None
    return [(str(link.get("href")), "".join(link.itertext())) for link in links]

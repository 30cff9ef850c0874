"""A browser without scripts: cookies, forms with their hidden fields, redirects, and a look at the page's structure."""

import gzip
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import requests
from flask import Flask

from .structure import Reader

_MOST_HOPS = 10


class Page:
    """An answer, parsed as a browser parses it."""

    def __init__(self, answer: Any, path: str) -> None:
        self.status: int = answer.status_code
        self.headers = answer.headers
        self.path = path
        raw = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data
        self.wire_bytes = len(answer.data)
        self.html: str = raw.decode("utf-8")
        read = Reader(self.html)
        self.root: Element = read.root
        self.errors = read.errors

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(name))

    def text(self) -> str:
        main = next((each for each in self.all("main")), self.root)
        return re.sub(r"\s+", " ", "".join(main.itertext())).strip()

    def texts(self, name: str) -> list[str]:
        return [re.sub(r"\s+", " ", "".join(each.itertext())).strip() for each in self.all(name)]

    def by_id(self, wanted: str) -> Element | None:
        return next((each for each in self.root.iter() if each.get("id") == wanted), None)

    def form(self, ending: str = "") -> Element:
        """The first POST form of the page's main part whose action ends so."""
        main = self.all("main")[0]
        for form in main.iter("form"):
            action = (form.get("action") or self.path).partition("?")[0]
            if (form.get("method") or "get") == "post" and action.endswith(ending):
                return form
        raise AssertionError(f"no form that posts to …{ending}")


class Browser:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: Page | None = None

    def open(self, path: str, language: str = "en", follow: bool = True) -> Page:
        answer = self.client.get(path, headers={"Accept-Language": language, "Accept-Encoding": "gzip"})
        return self._landed(answer, path, follow, language)

    def send(self, ending: str = "", follow: bool = True, **answers: Any) -> Page:
        """Fill in a form of the page at hand and send it; fields that are not named keep what they hold."""
        assert self.page
        form = self.page.form(ending)
        fields = _held(form) | answers
        path = form.get("action") or self.page.path
        answer = self.client.post(path, data=fields, headers={"Referer": f"http://localhost{self.page.path}"})
        return self._landed(answer, path, follow, "en")

    def sign_in(self, next_path: str = "/") -> Page:
        return self.open(f"/sign-in?next={next_path}")

    def _landed(self, answer: Any, path: str, follow: bool, language: str) -> Page:
        for _hop in range(_MOST_HOPS if follow else 0):
            if answer.status_code not in (302, 303):
                break
            path = answer.headers["Location"]
            parts = urlsplit(path)
            if parts.path == "/authorize":
                path = requests.get(path, allow_redirects=False, timeout=5).headers["Location"]
                parts = urlsplit(path)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            answer = self.client.get(path, headers={"Accept-Language": language, "Accept-Encoding": "gzip"})
        self.page = Page(answer, path)
        return self.page


def _held(form: Element) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for each in form.iter("input"):
        kind, name = each.get("type", "text"), each.get("name")
        if name and (kind not in ("radio", "checkbox") or each.get("checked") is not None):
            held.setdefault(name, []).append(each.get("value", ""))
    for each in form.iter("textarea"):
        held[str(each.get("name"))] = [(each.text or "").removeprefix("\n")]
    for each in form.iter("select"):
        options = list(each.iter("option"))
        chosen = next((option for option in options if option.get("selected") is not None), options[0])
        held[str(each.get("name"))] = [chosen.get("value", "")]
    return held

"""Pages that everyone can use: labelled, in the reader's language and direction, without script, and nobody's frame."""

import re
from pathlib import Path
from typing import Any

import pytest

from identity.pages import words
from identity.pages.words import LANGUAGES, chosen

PAGES = ["/sign-in", "/register", "/sign-out", "/authorize"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ca", "ltr"), ("ar", "rtl")])
def test_every_page_says_its_language_and_has_one_heading(browser: Any, language: str, direction: str) -> None:
    pages = {path: browser().get(path, ui_locales=f"tlh {language}").text for path in PAGES}

    for path, text in pages.items():
        assert f'<html lang="{language}" dir="{direction}">' in text, path
        assert len(re.findall("<h1>", text)) == 1, path
        assert re.search("<title>[^<]+ \u2013 Baraza</title>", text), path
        assert '<main id="main"' in text, path


@pytest.mark.parametrize("path", ["/sign-in", "/register"])
def test_every_field_has_a_label_and_says_what_it_holds(browser: Any, path: str) -> None:
    text = browser().get(path).text

    inputs = re.findall(r"<input id=[^>]+>", text)
    assert inputs
    for each in inputs:
        name = re.search(r'id="([^"]+)"', each)
        assert name is not None
        assert f'<label for="{name[1]}">' in text
        assert re.search(r'autocomplete="(username|current-password|new-password|nickname)"', each)
        assert "onpaste" not in each


def test_a_refused_form_has_a_summary_that_leads_to_the_field(browser: Any) -> None:
    text = browser().register("ada", "short").text

    assert 'class="summary" role="alert"' in text
    assert '<a href="#login">' in text
    assert 'id="login-error"' in text
    assert 'aria-describedby="login-hint login-error"' in text
    assert re.search("<title>Problem: ", text)


def test_pages_run_no_script_and_stand_in_no_frame(browser: Any) -> None:
    for answer in [browser().get(path) for path in PAGES]:
        headers = answer.answer.headers
        for rule in ("default-src 'self'", "script-src 'none'", "frame-ancestors 'none'"):
            assert rule in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script|style=|javascript:| on\w+=", answer.text)


def test_what_is_typed_comes_back_as_text(browser: Any) -> None:
    text = browser().sign_in('"><script>alert(1)</script>', "x").text

    assert "<script>" not in text
    assert "&#34;&gt;&lt;script&gt;" in text


def test_the_chosen_language_stays(browser: Any) -> None:
    person = browser()
    person.get("/sign-in", ui_locales="ar")

    assert '<html lang="ar"' in person.get("/register").text


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("ca-ES en", None), "ca"),
        ((None, "ar"), "ar"),
        (("xx", None, "fr-FR,fr;q=0.9,ca;q=0.8,en;q=0.7"), "ca"),
        ((None, None), "en"),
    ],
)
def test_which_language_is_spoken(wishes: tuple[str | None, ...], language: str) -> None:
    assert chosen(*wishes) == language


def test_all_languages_say_the_same_things() -> None:
    english = words.words("en")

    for language in LANGUAGES:
        texts = words.words(language)
        assert set(texts) == set(english)
        for key, text in texts.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), (language, key)


def test_the_style_sheet_knows_no_left_and_right(browser: Any) -> None:
    sheet = browser().get("/static/identity.css").text

    assert not re.search(r"(margin|padding|border)-(left|right|top|bottom)|[{; ](left|right|width|height):", sheet)
    assert "http" not in sheet


def test_no_template_holds_a_text_of_its_own() -> None:
    folder = Path(words.__file__).parent / "templates"

    for path in folder.glob("*.html"):
        bare = re.sub(r"{[{%].*?[%}]}|<[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{2,}", bare), path.name

"""Texts in three languages, and values that stay values."""

import pytest

from messaging.templates.model import Item, UnknownTemplate, languages, names, render

EVIL = [
    "{{7*7}}",
    "{% for x in [].__class__.__base__.__subclasses__() %}",
    "${link}",
    "$link",
    "$$",
    "%(link)s",
    "{link.__class__}",
    "{0}",
    "<%= 7*7 %>",
    "#{7*7}",
    "{{ config.items() }}",
    "__import__('os')",
]


@pytest.mark.parametrize("template", names())
def test_every_template_speaks_every_language(template: str) -> None:
    assert languages(template) == ["ar", "ca", "en"]

    subjects = {render(template, [language], {"name": "Ann"}).subject for language in languages(template)}

    assert len(subjects) == 3


@pytest.mark.parametrize(
    ("wanted", "language"),
    [(["ca"], "ca"), (["ca-ES"], "ca"), (["AR"], "ar"), ([None, "ar"], "ar"), (["de", None], "en"), ([], "en")],
)
def test_the_language_falls_back(wanted: list[str | None], language: str) -> None:
    assert render("feedback", wanted, {"name": "Ann", "link": "https://x"}).language == language


@pytest.mark.parametrize("evil", EVIL)
def test_a_value_is_never_a_template(evil: str) -> None:
    text = render("feedback", ["en"], {"name": evil, "link": "https://portal.example/x"})

    assert f"Hello {evil}," in text.body
    assert "49" not in text.body


def test_only_named_values_reach_a_text() -> None:
    text = render("feedback", ["en"], {"name": "Ann", "link": "L", "email": "ann@example.org"})

    assert "ann@example.org" not in text.body


def test_a_person_without_a_name_is_addressed_all_the_same() -> None:
    assert "Hello participant," in render("feedback", ["en"], {"name": "", "link": "L"}).body


def test_a_digest_lists_what_happened_and_leaves_out_what_did_not() -> None:
    items = [
        Item({"endorsements": 3, "comments": 0, "replies": 1}, "https://p/1"),
        Item({"comments": 2}, "https://p/2"),
    ]

    body = render("digest", ["en"], {"name": "Ann"}, items).body

    assert "New supports: 3\nNew replies to you: 1\nhttps://p/1\n\nNew comments: 2\nhttps://p/2\n" in body
    assert "New comments: 0" not in body


def test_there_is_no_way_to_another_file() -> None:
    with pytest.raises(UnknownTemplate):
        render("../../settings", ["en"], {})

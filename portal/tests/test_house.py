"""Guards: rules of the house that no single page shows."""

import gettext
import gzip
import re
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import portal
from portal.assets import sheet
from portal.brand import UnreadableColour, contrast, stylesheet
from portal.language import catalogue

SOURCE = Path(portal.__file__).parent
SHEET = sheet().decode()
TEMPLATES = sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("*.svg")])
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "trimmed": "false"}}
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height"
    r"|(min|max)-(width|height)|float|clear)\s*:"
)


def said_in_code() -> Catalog:
    found = Catalog()
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for _file, _line, message, _comments, _context in extract_from_dir(SOURCE, METHODS, OPTIONS, keywords):
        found.add(message)
    return found


def written(language: str) -> Catalog:
    """All files of a language as one; a message stands in one of them."""
    whole = Catalog(locale=language)
    for path in (
        SOURCE / "locale" / language / "LC_MESSAGES" / "portal.po",
        *SOURCE.glob(f"pages/*/locale/{language}.po"),
    ):
        for message in read_po(BytesIO(path.read_bytes()), locale=language):
            assert not message.id or message.id not in whole, f"{path} says {message.id} a second time"
            whole[message.id] = message
    return whole


@pytest.mark.parametrize("language", ["ca", "ar"])
def test_every_word_of_the_pages_is_translated(language: str) -> None:
    wanted = {message.id for message in said_in_code() if message.id}

    translated = {
        m.id for m in written(language) if m.id and all(m.string if isinstance(m.string, tuple) else [m.string])
    }

    assert len(wanted) > 400
    assert wanted - translated == set()
    assert translated - wanted == set()


@pytest.mark.parametrize("language", ["ca", "ar"])
def test_a_translation_fills_in_no_more_than_its_original(language: str) -> None:
    for message in written(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = {name for text in ids for name in placeholders(text)}
        for text in strings:
            assert not message.id or placeholders(text) <= allowed
            assert not message.id or allowed - placeholders(text) <= {"num", "total", "accepted", "reasons"}


def test_arabic_has_six_plurals() -> None:
    translations = catalogue("ar")
    assert isinstance(translations, gettext.GNUTranslations)

    forms = {translations.ngettext("%(num)s comment", "%(num)s comments", n) for n in (0, 1, 2, 3, 11, 100)}

    assert len(forms) == 6


def test_the_style_sheet_has_logical_properties_only() -> None:
    rules = "\n".join(line for line in SHEET.splitlines() if not line.startswith("@media"))

    assert PHYSICAL.findall(rules) == []
    assert PHYSICAL.findall("a { margin-left: 1px; width: 2px; top: 0 }")
    assert "text-align: left" not in rules and "text-align: right" not in rules


def test_the_style_sheet_is_at_most_12_kilobytes() -> None:
    assert len(gzip.compress(SHEET.encode())) <= 12_000
    assert "forced-colors" in SHEET and "prefers-reduced-motion" in SHEET and ":focus-visible" in SHEET
    assert "sticky" not in SHEET and "fixed" not in SHEET
    assert "@import" not in SHEET and "url(" not in SHEET and "@font-face" not in SHEET


def test_nothing_is_inline_in_the_templates() -> None:
    assert len(TEMPLATES) > 25
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        assert not re.search(r"<script(?! src=\"{{ asset)|<style|\sstyle=|\son[a-z]+=|javascript:", source), path


def test_every_post_form_carries_a_token() -> None:
    for path in TEMPLATES:
        source = path.read_text("utf-8")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.DOTALL):
            assert "csrf()" in form, path


@pytest.mark.parametrize(
    ("colour", "readable"), [("#0b5563", True), ("#767676", True), ("#777777", False), ("#f3b23c", False)]
)
def test_a_brand_colour_carries_white_text_or_is_refused(colour: str, readable: bool) -> None:
    if readable:
        assert stylesheet(colour) == f":root{{--brand:{colour}}}\n"
    else:
        with pytest.raises(UnreadableColour, match="contrast"):
            stylesheet(colour)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#000000;}body{display:none"])
def test_a_brand_colour_is_six_digits(colour: str) -> None:
    with pytest.raises(UnreadableColour):
        stylesheet(colour)


@pytest.mark.parametrize(
    ("name", "behind", "least"),
    [
        ("ink", "paper", 7.0), ("quiet", "paper", 4.5), ("quiet", "card", 4.5), ("good", "good-tint", 4.5),
        ("bad", "bad-tint", 4.5), ("brand-deep", "brand-tint", 4.5), ("brand", "paper", 4.5), ("edge", "card", 3.0),
        ("quiet", "brand-tint", 4.5), ("ink", "sun", 4.5),
    ],
)  # fmt: skip
def test_the_colours_can_be_read(name: str, behind: str, least: float) -> None:
    assert contrast(colour(name), colour(behind)) >= least


def colour(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]+)", SHEET)
    assert found
    text = found[1]
    return text if len(text) == 7 else "#" + "".join(letter * 2 for letter in text[1:])


def placeholders(text: str) -> set[str]:
    assert not [name for _, name, _, _ in Formatter().parse(text.replace("{", "").replace("}", "")) if name]
    return set(re.findall(r"%\((\w+)\)s", text))

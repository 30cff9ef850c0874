"""The language of a page: gettext for our words, `{language: text}` for those of the institution and the people.

Catalogues are read from their `.po` files when the portal starts, so there is no build step. `_` and `ngettext` speak
the language of the request in hand.
"""

import gettext as stdlib_gettext
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from flask import Request, g
from markupsafe import Markup, escape

Day = date | datetime
Moment = datetime

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
COOKIE = "language"


@cache
def catalogue(language: str) -> stdlib_gettext.NullTranslations:
    """The words of a language, with those of each folder of pages; English stands in the code, and needs no file."""
    locale = language.replace("-", "_")
    with (files("portal") / "locale" / locale / "LC_MESSAGES" / "portal.po").open("rb") as file:
        whole = read_po(file, locale=locale)
    for folder in sorted((files("portal") / "pages").iterdir(), key=lambda each: each.name):
        part = folder / "locale" / f"{locale}.po"
        if part.is_file():
            with part.open("rb") as file:
                for message in read_po(file, locale=locale):
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return stdlib_gettext.GNUTranslations(compiled)


def choose(request: Request, languages: tuple[str, ...]) -> str:
    """What the person chose before, else what her browser asks for, else the first."""
    chosen = request.cookies.get(COOKIE)
    if chosen in languages:
        return chosen
    return request.accept_languages.best_match(languages) or languages[0]


def current() -> str:
    language: str = g.language
    return language


def gettext(message: str, **values: object) -> str:
    translated = catalogue(current()).gettext(message)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """`num` in the message is the number, written as the language writes it."""
    translated = catalogue(current()).ngettext(singular, plural, number)
    return translated % ({"num": number_text(number)} | values)


_ = gettext


def direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def own_name(language: str) -> str:
    """`Català`, `العربية`: what a language's readers call it."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]


def name_of(language: str) -> str:
    """The language's name in the language of the page."""
    return Locale.parse(language, sep="-").get_display_name(current()) or language


def pick(localized: Mapping[str, str], language: str) -> tuple[str, str]:
    """`(language tag, text)`: the language asked for, else a relative of it, else English, else the first there is."""
    if language in localized:
        return language, localized[language]
    stem = language.partition("-")[0]
    for tag in (*(tag for tag in localized if tag.partition("-")[0] == stem), "en", *localized):
        if tag in localized:
            return tag, localized[tag]
    return language, ""


def text(localized: Mapping[str, str] | None, language: str | None = None) -> Markup:
    """The text for a line. One in another language than the page's says so, in `lang` and `dir`."""
    if not localized:
        return Markup()
    wanted = language or current()
    tag, found = pick(localized, wanted)
    if tag == wanted:
        return escape(found)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction(tag), found)


def plain(localized: Mapping[str, str] | None) -> str:
    """The text without marks, for attributes and the window's title."""
    return pick(localized, current())[1] if localized else ""


def prose(localized: Mapping[str, str] | None) -> Markup:
    """The text as paragraphs; blank lines part them. What people wrote is never markup."""
    if not localized:
        return Markup()
    tag, found = pick(localized, current())
    paragraphs = (part.strip() for part in found.replace("\r\n", "\n").split("\n\n"))
    marks = Markup(' lang="{}" dir="{}"').format(tag, direction(tag)) if tag != current() else Markup(' dir="auto"')
    return Markup("\n").join(
        Markup("<p{}>{}</p>").format(marks, Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in paragraphs
        if part
    )


def gettext_for_templates(message: str, **values: object) -> Markup:
    """As `gettext`, escaped, with what is filled in."""
    translated = _markup(message, current())
    return translated % values if values else translated


@lru_cache(maxsize=4096)
def _markup(message: str, language: str) -> Markup:
    return escape(catalogue(language).gettext(message))


def ngettext_for_templates(singular: str, plural: str, number: int, **values: object) -> Markup:
    """As `ngettext`, escaped, with what is filled in."""
    translated = escape(catalogue(current()).ngettext(singular, plural, number))
    return translated % ({"num": number_text(number)} | values)


def listed(parts: list[str]) -> str:
    """`one, two and three`, as the language writes it."""
    return format_list(parts, locale=_locale())


def percent(share: float | None) -> str:
    """A share of one with one decimal, written as the language writes it; empty for None."""
    return "" if share is None else format_percent(share, "#,##0.0%", locale=_parsed(current()))


def decimal(value: float | None) -> str:
    """With two decimals at most; empty for None."""
    return "" if value is None else format_decimal(value, "#,##0.##", locale=_parsed(current()))


def number_text(number: int) -> str:
    return _number_text(number, current())


@lru_cache(maxsize=4096)
def _number_text(number: int, language: str) -> str:
    return format_decimal(number, locale=_parsed(language))


def day(value: Day, zone: str) -> str:
    """`14 March 2026`."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return _day(value, current())


@lru_cache(maxsize=1024)
def _day(value: date, language: str) -> str:
    return format_date(value, "long", locale=_parsed(language))


def moment(value: Moment, zone: str) -> str:
    """Day and time of day."""
    return f"{day(value, zone)}\u00a0{format_skeleton('Hm', value, tzinfo=ZoneInfo(zone), locale=_locale())}"


def check(languages: Iterable[str]) -> None:
    """Raises FileNotFoundError for a language that has no catalogue."""
    for language in languages:
        catalogue(language)


@cache
def _parsed(language: str) -> Locale:
    """English alone is the world's, not that of the United States: 14 March, not March 14."""
    return Locale.parse("en-001" if language == "en" else language, sep="-")


def _locale() -> Locale:
    return _parsed(current())

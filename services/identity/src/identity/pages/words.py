"""What the pages say, by language: one YAML file each in `words/`, `{key: text}`; the keys of all are the same."""

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = {
    "en": "English",
    "ca": "Català",
    "ar": "العربية",
}  # the first is the one to fall back to
_RIGHT_TO_LEFT = frozenset({"ar"})


@cache
def words(language: str) -> dict[str, str]:
    """All texts in one language."""
    loaded: dict[str, str] = yaml.safe_load((Path(__file__).parent / "words" / f"{language}.yaml").read_text("utf-8"))
    return loaded


def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def chosen(*wishes: str | None) -> str:
    """The first language of the wishes that the pages speak. A wish is a list of BCP 47 tags, apart by spaces or
    commas; weights are passed over, because browsers list by weight."""
    for wish in wishes:
        for tag in (wish or "").replace(",", " ").split():
            primary = tag.partition(";")[0].partition("-")[0].lower()
            if primary in LANGUAGES:
                return primary
    return next(iter(LANGUAGES))

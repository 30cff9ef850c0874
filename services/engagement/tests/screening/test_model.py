"""The filters, one at a time."""

from datetime import timedelta
from types import ModuleType
from uuid import UUID

import pytest

from engagement.rulebook.model import Filter, Rules
from engagement.screening import model
from engagement.screening.model import Said

QUIET = Rules(links_most=0, repeats_most=0, capitals_percent=0)
LONG = "We want trees along the river and benches in their shade for old people to rest."


@pytest.mark.parametrize(
    ("text", "rules", "struck"),
    [
        ("Buy this SCAM now", {"words": {"en": ["scam"]}}, ["words"]),
        ("Buy this sca\u0301m now", {"words": {"en": ["scam"]}}, ["words"]),
        ("Buy this scamper now", {"words": {"en": ["scam"]}}, []),
        ("هذا احتيال واضح", {"words": {"ar": ["احتيال"]}}, ["words"]),
        ("a bad  word, here", {"words": {"en": ["bad word"]}}, ["words"]),
        ("see http://a.example and https://b.example", {"links_most": 1}, ["links"]),
        ("see http://a.example", {"links_most": 1}, []),
        ("see http://a.example", {"links_most": 0}, []),
        ("WE WANT TREES ALONG THE RIVER NOW", {"capitals_percent": 70}, ["capitals"]),
        ("WE WANT TREES", {"capitals_percent": 70}, []),
        ("WE WANT TREES ALONG THE RIVER NOW", {"capitals_percent": 0}, []),
        ("نريد أشجارا على طول النهر ومقاعد في ظلها", {"capitals_percent": 1}, []),
    ],
)
def test_a_filter_strikes(text: str, rules: dict[str, object], struck: list[str], make: ModuleType) -> None:
    said = Said(UUID(int=1), ({"en": text},), make.NOON, None)
    quiet = {"links_most": 0, "repeats_most": 0, "capitals_percent": 0}

    assert model.struck(said, 0, Rules(**quiet | rules)) == struck  # type: ignore[arg-type]


@pytest.mark.parametrize(("alike", "most", "struck"), [(1, 2, []), (2, 2, ["repeats"]), (5, 0, [])])
def test_texts_that_repeat_strike(alike: int, most: int, struck: list[str], make: ModuleType) -> None:
    said = Said(UUID(int=1), ({"en": LONG},), make.NOON, None)

    assert model.struck(said, alike, Rules(repeats_most=most)) == struck


@pytest.mark.parametrize(
    ("minutes_ago", "threshold", "struck"), [(4, 5, [Filter.NEW_ACCOUNT]), (6, 5, []), (0, 0, []), (None, 5, [])]
)
def test_new_accounts_strike(minutes_ago: int | None, threshold: int, struck: list[Filter], make: ModuleType) -> None:
    joined_at = None if minutes_ago is None else make.NOON - timedelta(minutes=minutes_ago)
    said = Said(UUID(int=1), ({"en": LONG},), make.NOON, joined_at)

    assert model.struck(said, 0, Rules(new_account_minutes=threshold)) == struck


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (LONG.upper(), True),
        (LONG.replace(".", "!!") + " ", True),
        (LONG.replace("old people", "all people"), True),
        ("The bus should stop at the school every ten minutes in the morning.", False),
    ],
)
def test_a_sketch_tells_what_is_alike(other: str, alike: bool) -> None:
    shared = model.sketch(LONG) & model.sketch(other)

    assert (len(shared) >= model.ALIKE) is alike


def test_a_short_text_has_no_sketch() -> None:
    assert model.sketch("Yes!") == frozenset()
    assert len(model.sketch(LONG)) == model.SKETCH
    assert all(0 <= each < 2**63 for each in model.sketch(LONG))

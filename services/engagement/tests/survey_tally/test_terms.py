"""Words that many say are counted; what is said of one person is not."""

import pytest

from engagement.survey_tally.terms import MOST_TERMS, terms


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("More trees, MORE shade and trees.", "en", ["shade", "trees"]),
        ("Més arbres i menys soroll; l'escola", "ca", ["arbres", "escola", "menys", "soroll"]),
        ("المزيد من الأشجار في الشارع", "ar", ["الأشجار", "الشارع", "المزيد"]),
        ("Des arbres pour tous", "fr", ["arbres"]),
        ("shady streets", "fi", ["shady", "streets"]),
        ("", "en", []),
        ("12345 ok 1", None, []),
    ],
)
def test_terms_are_words_that_mean_something(text: str, language: str | None, found: list[str]) -> None:
    assert terms(text, language) == found


def test_addresses_and_numbers_are_no_terms() -> None:
    assert terms("Write to ana.puig@example.org or call 600123123, see www.example.org/ana", "en") == [
        "call",
        "see",
        "write",
    ]


def test_one_answer_gives_so_many_terms_at_most() -> None:
    letters = "abcdefghij"
    words = " ".join(f"word{a}{b}{c}" for a in letters for b in letters for c in letters)

    assert len(terms(words, "en")) == MOST_TERMS

"""A contract's regular expression means one thing everywhere."""

import pytest
from jsonschema_rs import Draft4Validator as Compiled

from chassis import patterns

TEXTS = ["", "a", "a\n", "\na", "7", "\u0667", "ab", "a.b", "$", "a$", "-", "\\", "]", "é", "a\u2028", "A"]


@pytest.mark.parametrize(
    "pattern",
    ["^a$", "^[a-z]+$", r"^\d$", r"^[\d.$-]+$", "^(?:a|b)+$", "a|b$", r"^a\$$", r"^[\]]$", "^[^a]$", "", r"\\"],
)
@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_plain_pattern_matches_alike_everywhere(pattern: str, text: str) -> None:
    compiled = Compiled({"type": "string", "pattern": pattern})

    assert patterns.is_plain(pattern)
    assert compiled.is_valid(text) == bool(patterns.python(pattern).search(text))


@pytest.mark.parametrize(
    "pattern", ["^.$", r"^\w$", r"\s", r"\bq", "(?i)a", "(?=a)a", "[a&&b]", "[[a]", r"(a)\1", r"[\w]"]
)
def test_what_may_mean_two_things_is_not_plain(pattern: str) -> None:
    assert not patterns.is_plain(pattern)


def test_the_end_is_the_end() -> None:
    assert patterns.python("^a$").search("a")
    assert not patterns.python("^a$").search("a\n")

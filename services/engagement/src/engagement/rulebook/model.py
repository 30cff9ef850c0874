"""Rules that a contribution may break, and the thresholds of a process."""

from dataclasses import dataclass, field
from enum import StrEnum


class Rule(StrEnum):
    """What a contribution may break."""

    SPAM = "spam"
    OFFENSIVE = "offensive"
    PERSONAL_DATA = "personal_data"
    ILLEGAL = "illegal"
    OFF_TOPIC = "off_topic"
    IMPERSONATION = "impersonation"
    MISINFORMATION = "misinformation"
    DUPLICATE = "duplicate"


class Filter(StrEnum):
    """What looks at a contribution before any moderator."""

    WORDS = "words"
    LINKS = "links"
    REPEATS = "repeats"
    CAPITALS = "capitals"
    NEW_ACCOUNT = "new_account"


_SEVERITY = {
    Rule.ILLEGAL: 4,
    Rule.PERSONAL_DATA: 4,
    Rule.OFFENSIVE: 3,
    Rule.IMPERSONATION: 3,
    Rule.MISINFORMATION: 2,
}


def severity(rule: Rule) -> int:
    """1 to 4: how much harm a contribution does that breaks the rule while it waits."""
    return _SEVERITY.get(rule, 1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a process asks of its moderation; zero switches a threshold off. `words` is `{language: [word]}`; `holds`
    are the filters that take out of sight at once what they strike; `version` is 0 until someone has set them."""

    hold_after_reports: int = 3  # by distinct people
    words: dict[str, list[str]] = field(default_factory=dict)
    links_most: int = 3
    repeats_most: int = 2  # texts alike in the process; the next one is struck
    capitals_percent: int = 70  # of the letters of a text of 20 letters or more
    new_account_minutes: int = 0  # after joining
    holds: tuple[Filter, ...] = ()
    appeal_days: int = 30  # in which an author may appeal
    answer_days: int = 14  # in which an appeal is decided
    version: int = 0

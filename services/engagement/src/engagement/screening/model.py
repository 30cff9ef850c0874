"""The filters. Each is a plain rule over a text, the same for every language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from engagement.processes.model import Text
from engagement.rulebook.model import Filter, Rule, Rules

SKETCH = 8  # hashes kept of a text
ALIKE = 6  # of them in common make two texts alike
_SHINGLE = 5  # letters
_LETTERS_LEAST = 20  # a shorter text may shout
_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_BREAKS = {
    Filter.WORDS: Rule.OFFENSIVE,
    Filter.LINKS: Rule.SPAM,
    Filter.REPEATS: Rule.DUPLICATE,
    Filter.CAPITALS: Rule.SPAM,
    Filter.NEW_ACCOUNT: Rule.SPAM,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was published: all its texts, and when its author joined; None for an office's."""

    process_id: UUID
    texts: tuple[Text, ...]
    at: datetime
    joined_at: datetime | None

    def whole(self) -> str:
        """Everything it says, in all languages."""
        return "\n".join(words for text in self.texts for words in text.values())


def breaks(struck: Filter) -> Rule:
    """The rule that a filter watches."""
    return _BREAKS[struck]


def struck(said: Said, alike: int, rules: Rules) -> list[Filter]:
    """The filters that a text strikes; `alike` is how many texts of the process resemble it."""
    whole = said.whole()
    found = {
        Filter.WORDS: _has_word(said.texts, rules),
        Filter.LINKS: bool(rules.links_most) and len(_LINK.findall(whole)) > rules.links_most,
        Filter.REPEATS: bool(rules.repeats_most) and alike >= rules.repeats_most,
        Filter.CAPITALS: bool(rules.capitals_percent) and _capitals_percent(whole) >= rules.capitals_percent,
        Filter.NEW_ACCOUNT: _is_new(said, rules.new_account_minutes),
    }
    return [each for each in Filter if found[each]]


def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the text's shingles (bottom-k sketch): the share in common estimates how alike texts are.
    Five letters a shingle, so that it works in any script. A text of fewer letters has none: it says too little."""
    letters = "".join(folded(text).split())
    shingles = {letters[start : start + _SHINGLE] for start in range(len(letters) - _SHINGLE + 1)}
    return frozenset(sorted(map(_hash, shingles))[:SKETCH])


def folded(text: str) -> str:
    """Without case, accents and marks."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))


def _has_word(texts: Iterable[Text], rules: Rules) -> bool:
    """Whole words of any list, whatever language the text says it is in: people mix languages."""
    listed = {" ".join(folded(word).split()) for words in rules.words.values() for word in words} - {""}
    for text in texts:
        for words in text.values():
            plain = f" {' '.join(folded(words).split())} "
            if any(f" {word} " in plain for word in listed):
                return True
    return False


def _capitals_percent(text: str) -> int:
    """Of letters that have a case; a text with few of them has none too many."""
    cased = [letter for letter in text if letter.isupper() or letter.islower()]
    if len(cased) < _LETTERS_LEAST:
        return 0
    return 100 * sum(map(str.isupper, cased)) // len(cased)


def _is_new(said: Said, minutes: int) -> bool:
    return bool(minutes) and said.joined_at is not None and said.at - said.joined_at < timedelta(minutes=minutes)


def _hash(shingle: str) -> int:
    """63 bits, the same in every process of the block."""
    return int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest()) >> 1

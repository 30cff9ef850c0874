"""Words of free answers, so that what many say can be counted. Addresses, numbers and small words are left out; scripts
that are written without spaces give few terms."""

import re
import unicodedata

MOST_TERMS = 120
"""Different terms of one answer that are counted."""

_ADDRESS = re.compile(r"\S*@\S+|\b(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]{3,40}(?:['\u2019\u00b7-][^\W\d_]+)*")
_SMALL = {
    "en": "the and for are was were this that these those with from have has had not but you your our their they "
    "them its his her she him who what when where which will would should could can there here more most very "
    "just also than then too all any some into about over out been being because how why does did get make",
    "ca": "que els les una uns unes del dels amb per als seu seva seus seves més molt molta tot tota tots totes com "
    "quan hi ha són està fer fet sense sobre entre aquest aquesta aquests aquestes perquè però també cal "
    "només cada ser pot poden han haver encara això allò nosaltres vostè",
    "es": "que los las una unos unas del con por para sus más muy todo toda todos todas como cuando hay son está "
    "hacer hecho sin sobre entre este esta estos estas porque pero también solo cada ser puede pueden han "
    "haber aún esto eso nosotros usted",
    "fr": "que les des une dans avec pour par sur plus très tout toute tous toutes comme quand sont est être faire "
    "fait sans entre cette ces parce mais aussi seulement chaque peut peuvent ont avoir encore cela nous vous "
    "ils elles leur",
    "ar": "في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين كان كانت يكون هناك كل بعض غير بين عند لكن حتى كما أن "
    "إن لأن هو هي هم نحن أنا أنت قد لقد ليس ليست جدا أكثر",
    "sw": "kwa katika hii hiyo huo ile yake wake yao wao kama lakini pia sana zaidi kuwa kila bila baada kabla",
}
_STOP = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_ANY = frozenset().union(*_STOP.values())


def terms(text: str, language: str | None = None) -> list[str]:
    """Its terms, each once, sorted. `language` chooses the small words; for others than we know, those of all."""
    small = _STOP.get((language or "").partition("-")[0], _ANY)
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    found = {word[:40] for word in _WORD.findall(plain)}
    return sorted(found - small)[:MOST_TERMS]

"""What followers are written, in the languages of the portal. A language that we do not write becomes English."""

from collections.abc import Mapping

_ASKED: dict[str, tuple[str, str]] = {
    "en": (
        "Do you want to follow “{process}”?",
        "Someone, most likely you, wants news of “{process}” sent to this address, at most once a week.\n\n"
        "If so, open this page and confirm:\n{link}\n\n"
        "If it was not you, there is nothing to do: no further letter comes.",
    ),
    "ca": (
        "Voleu seguir «{process}»?",
        "Algú, segurament vós, vol rebre en aquesta adreça les novetats de «{process}»: com a molt, una carta per "
        "setmana.\n\n"
        "Si és així, obriu aquesta pàgina i confirmeu-ho:\n{link}\n\n"
        "Si no heu estat vós, no cal fer res: no us arribarà cap més carta.",
    ),
    "ar": (
        "هل تريد متابعة «{process}»؟",
        "طلب شخص ما، والأرجح أنه أنت، أن تُرسل أخبار «{process}» إلى هذا العنوان، مرة في الأسبوع على الأكثر.\n\n"
        "إن أردت ذلك فافتح هذه الصفحة وأكّد:\n{link}\n\n"
        "وإن لم تكن أنت فلا حاجة إلى فعل شيء: لن تصلك رسالة أخرى.",
    ),
}
_TOLD: dict[str, tuple[str, str]] = {
    "en": (
        "News of “{process}”",
        "What is new in “{process}”:\n\n{new}\n\nRead more:\n{link}\n\nNo more letters:\n{end}",
    ),
    "ca": (
        "Novetats de «{process}»",
        "Què hi ha de nou a «{process}»:\n\n{new}\n\nLlegiu-ne més:\n{link}\n\nNo rebre més cartes:\n{end}",
    ),
    "ar": (
        "أخبار «{process}»",
        "في «{process}» جديد:\n\n{new}\n\nللمزيد:\n{link}\n\nلوقف الرسائل:\n{end}",
    ),
}
_NEW: dict[str, dict[str, str]] = {
    "en": {
        "proposals": "New ideas: {number}",
        "answers": "Answers to ideas: {number}",
        "phases": "Phases begun: {number}",
    },
    "ca": {
        "proposals": "Idees noves: {number}",
        "answers": "Respostes a idees: {number}",
        "phases": "Fases obertes: {number}",
    },
    "ar": {
        "proposals": "أفكار جديدة: {number}",
        "answers": "أجوبة عن أفكار: {number}",
        "phases": "مراحل بدأت: {number}",
    },
}
_FALLBACK = "en"


def asked(language: str | None, process: Mapping[str, str], link: str) -> tuple[str, str]:
    """Subject and text."""
    subject, text = _ASKED[_spoken(language)]
    name = _name(process, language)
    return subject.format(process=name), text.format(process=name, link=link)


def told(
    language: str | None, process: Mapping[str, str], new: Mapping[str, int], link: str, end: str
) -> tuple[str, str]:
    """Subject and text. `new` is how many of each there are; what there is none of is not said."""
    subject, text = _TOLD[_spoken(language)]
    words, name = _NEW[_spoken(language)], _name(process, language)
    lines = "\n".join(f"- {words[what].format(number=number)}" for what, number in new.items() if number)
    return subject.format(process=name), text.format(process=name, new=lines, link=link, end=end)


def _spoken(language: str | None) -> str:
    return language if language in _ASKED else _FALLBACK


def _name(process: Mapping[str, str], language: str | None) -> str:
    return process.get(_spoken(language)) or next(iter(process.values()))

"""What is written to an address that is to be proved, in the languages of the portal."""

from collections.abc import Mapping

_WORDS: dict[str, tuple[str, str]] = {
    "en": (
        "Your code: {code}",
        "Someone, most likely you, wants to take part in “{process}” with this e-mail address.\n\n"
        "Your code is {code}. Type it into the page that asked for it. It is good for {minutes} minutes.\n\n"
        "If it was not you, there is nothing to do. Nobody takes part with your address without this code.",
    ),
    "ca": (
        "El vostre codi: {code}",
        "Algú, segurament vós, vol participar en «{process}» amb aquesta adreça electrònica.\n\n"
        "El codi és {code}. Escriviu-lo a la pàgina que us l'ha demanat. Val durant {minutes} minuts.\n\n"
        "Si no heu estat vós, no cal fer res. Ningú participa amb la vostra adreça sense aquest codi.",
    ),
    "ar": (
        "رمزك: {code}",
        "يريد شخص ما، والأرجح أنه أنت، أن يشارك في «{process}» بهذا العنوان الإلكتروني.\n\n"
        "رمزك هو {code}. اكتبه في الصفحة التي طلبته. يصلح مدة {minutes} دقيقة.\n\n"
        "إن لم تكن أنت فلا حاجة إلى فعل شيء. لا يشارك أحد بعنوانك من دون هذا الرمز.",
    ),
}
_FALLBACK = "en"


def code(language: str | None, process: Mapping[str, str], digits: str, minutes: int) -> tuple[str, str]:
    """Subject and text. A language that we do not write becomes English; the process's name its first one."""
    spoken = language if language in _WORDS else _FALLBACK
    subject, text = _WORDS[spoken]
    name = process.get(spoken) or next(iter(process.values()))
    return subject.format(code=digits), text.format(code=digits, process=name, minutes=minutes)

"""The texts of a process, each with its place."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from chassis.errors import Conflict, Invalid
from engagement.processes.model import Process, State, Text

_OF_STRATEGY = (
    ("objective", "objective"),
    ("whatIsDecided", "what_is_decided"),
    ("whatIsNotNegotiable", "what_is_not_negotiable"),
    ("whoDecides", "who_decides"),
    ("howInputIsUsed", "how_input_is_used"),
    ("howFeedbackIsGiven", "how_feedback_is_given"),
    ("privacyNotice", "privacy_notice"),
    ("legalBasis", "legal_basis"),
    ("notice", "notice"),
)
_STILL_WRITTEN = frozenset(State) - {State.ARCHIVED, State.CANCELLED, State.IN_REVIEW}


class UnknownText(Invalid):
    """A pointer names no text of the process."""


class UnknownLanguage(Invalid):
    """The process does not speak this language."""


class OriginalIsPublic(Conflict):
    """What two officials published is not rewritten in its first language."""


@dataclass(frozen=True, slots=True)
class PlanText:
    """A text of the plan; `lacks` are the languages in which people read it in another one."""

    pointer: str
    text: Text
    lacks: tuple[str, ...]


def texts(of: Process) -> list[PlanText]:
    """All texts that are written, in the order of the plan."""
    return [
        PlanText(pointer, text, tuple(language for language in of.languages if language not in text))
        for pointer, text in _places(of)
    ]


def translated(of: Process, language: str, wanted: Mapping[str, str]) -> Process:
    """With these texts (`{pointer: text}`) in a language; an empty one takes a translation away. Raises
    UnknownLanguage, UnknownText, OriginalIsPublic."""
    if language not in of.languages:
        raise UnknownLanguage("The process does not speak this language.")
    original = language == of.languages[0]
    if (original and of.state is not State.DRAFT) or of.state not in _STILL_WRITTEN:
        raise OriginalIsPublic("What was published is not rewritten.")
    changed = deepcopy(of)
    places = dict(_places(changed))
    strange = [(f"/texts/{pointer.replace('/', '~1')}", "is no text") for pointer in wanted if pointer not in places]
    emptied = [(f"/texts/{pointer.replace('/', '~1')}", "is empty") for pointer, text in wanted.items() if not text]
    if strange or (original and emptied):
        raise UnknownText("There is no such text.", strange or emptied)
    for pointer, text in wanted.items():
        if text:
            places[pointer][language] = text
        elif len(places[pointer]) > 1:
            places[pointer].pop(language, None)
    return replace(changed, version=of.version + 1)


def _places(of: Process) -> Iterator[tuple[str, Text]]:
    yield "/title", of.title
    for name, text in (("summary", of.summary), ("area", of.area)):
        if text:
            yield f"/{name}", text
    for wire_name, name in _OF_STRATEGY:
        if text := getattr(of.strategy, name):
            yield f"/strategy/{wire_name}", text
    for place, format_ in enumerate(of.strategy.face_to_face_formats):
        yield f"/strategy/faceToFaceFormats/{place}", format_
    for place, kept in enumerate(of.strategy.data_fields):
        for name, text in (("name", kept.name), ("purpose", kept.purpose), ("recipients", kept.recipients)):
            if text:
                yield f"/strategy/dataFields/{place}/{name}", text
    for place, phase in enumerate(of.phases):
        yield f"/phases/{place}/title", phase.title
        if phase.announcement:
            yield f"/phases/{place}/announcement", phase.announcement
    for place, category in enumerate(of.categories):
        name_of_category: Text = category["name"]  # type: ignore[assignment] # the contract says so
        yield f"/categories/{place}/name", name_of_category

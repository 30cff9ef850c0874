"""The checklist of a plan: its subjects in order, and what each still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.peers.engagement.processes import Process

_SUBJECTS = {
    "basics": (),
    "purpose": ("level", "objective", "whatIsDecided", "whoDecides"),
    "feedback": ("howInputIsUsed", "howFeedbackIsGiven", "feedbackDueDate"),
    "people": ("responsibleOfficial",),
    "data": ("privacyNotice", "dataAgreementId"),
    "law": ("legalBasis", "notice", "minimumDays"),
    "phases": ("phases",),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A step of the editor; `lacks` are names of what it still has to say."""

    name: str
    lacks: tuple[str, ...]


def checklist(of: Process) -> list[Subject]:
    """In the order of the editor."""
    missing = {pointer.rsplit("/", 1)[-1] for pointer in of.missing}
    return [Subject(name, _found(missing, asked)) for name, asked in _SUBJECTS.items()]


def _found(missing: set[str], asked: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in asked if name in missing)

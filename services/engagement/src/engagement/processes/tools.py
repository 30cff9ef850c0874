"""Tools: what people can take part with. A tool is a slice that says in its `tool.py` which kinds of contribution it
takes, and how the rest of the block reaches them without knowing the tool; `app.py` registers it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.contributions import Kind
from engagement.processes.model import Process, UnknownKind


class OfProcess(Protocol):
    """A contribution, as far as moderation must know it."""

    @property
    def process_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Moderated:
    """How moderators reach a kind of contribution. `text` selects `id` and `text` ({language: text}); `in_sight` gives
    the process of a contribution that everybody sees, else raises NotFound; `hide(tx, id, reason, by=, at=)` and
    `restore(tx, id, by=, at=)` change it and tell."""

    text: Select[Any]
    in_sight: Callable[..., UUID]
    hide: Callable[..., OfProcess]
    restore: Callable[..., OfProcess]


@dataclass(frozen=True, slots=True)
class Taken:
    """A kind of contribution. `ledger` selects one row for each, whatever its state: `id`, `process_id`,
    `participant_id`, `actor_key`, `channel`, `ladder_step`, `status`, `at`; receipts and figures are read from it."""

    kind: Kind
    ledger: Select[Any]
    moderated: Moderated | None = None


def _nothing(_tx: Transaction, _process: Process) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Tool:
    """`gaps` gives JSON pointers of what a review still asks of the tool in a process; none when it is ready."""

    name: str
    takes: tuple[Taken, ...]
    gaps: Callable[[Transaction, Process], list[str]] = _nothing


_TOOLS: dict[str, Tool] = {}


def register(*tools: Tool) -> None:
    """Make tools known; the same name again takes the place of the first."""
    _TOOLS.update({tool.name: tool for tool in tools})


def all_taken() -> list[Taken]:
    """Every kind of contribution that some tool takes."""
    return [each for tool in _TOOLS.values() for each in tool.takes]


def kinds() -> frozenset[Kind]:
    """What a phase can accept."""
    return frozenset(each.kind for each in all_taken())


def taken(kind: Kind) -> Taken:
    """Raises NotFound for what no tool takes."""
    found = next((each for each in all_taken() if each.kind == kind), None)
    if found is None:
        raise NotFound("There is no such contribution.")
    return found


def moderated(kind: Kind) -> Moderated:
    """Raises NotFound for what no moderator reaches."""
    found = taken(kind).moderated
    if found is None:
        raise NotFound("There is no such contribution.")
    return found


def gaps(tx: Transaction, process: Process) -> list[str]:
    """What the tools of the process's phases still ask for, as JSON pointers."""
    accepted = process.accepts()
    asked: Iterable[Tool] = (tool for tool in _TOOLS.values() if accepted & {each.kind for each in tool.takes})
    return [pointer for tool in asked for pointer in tool.gaps(tx, process)]


def check(process: Process) -> None:
    """Raises UnknownKind, with a pointer, when a phase accepts what no tool takes."""
    known = kinds()
    strange = [
        (f"/phases/{place}/accepts", f"{kind} is no kind of contribution")
        for place, phase in enumerate(process.phases)
        for kind in sorted(phase.accepts - known)
    ]
    if strange:
        raise UnknownKind("A phase accepts what no tool takes.", strange)

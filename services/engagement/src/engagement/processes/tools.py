"""Tools: what people can take part with. A tool is a slice that says in its `tool.py` which kinds of contribution it
takes, and how the rest of the block reaches them without knowing the tool; `app.py` registers it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select

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
class Words:
    """What people say in a kind of contribution. `said` selects `id` and what one holds, to give it back to the person
    who said it; `erase(tx, id)` puts a dash in the place of each word, and the contribution counts on."""

    said: Select[Any]
    erase: Callable[[Transaction, UUID], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A kind of contribution. `ledger` selects one row for each, whatever its state: `id`, `process_id`,
    `participant_id`, `actor_key`, `channel`, `ladder_step`, `status`, `at`; receipts and figures are read from it.
    `told` is `{event type: field of its data that holds the contribution's id}` for what changes such a row. `facet`
    selects `id` and `facet`: a code by which figures part the kind. `words` is None for a kind that holds none."""

    kind: Kind
    ledger: Select[Any]
    moderated: Moderated | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    facet: Select[Any] | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a data set, with its meaning for the data dictionary. `of` makes its value from a row: text,
    number, instant, list of texts, or `{language: text}`. A `pseudonym` is made of the actor key that `of` gives; what
    is not `public` stands in the officials' variant alone."""

    name: str
    meaning: str
    of: Callable[[RowMapping], Any]
    pseudonym: bool = False
    public: bool = True


def column(name: str, meaning: str, *, public: bool = True) -> Field:
    """A field that is a column of the rows as it is."""
    return Field(name, meaning, itemgetter(name), public=public)


@dataclass(frozen=True, slots=True)
class Dataset:
    """What exports show of a tool. `rows` selects what `fields` need and `id`, by which it is ordered and cut into
    parts; `process_id` is its column of that name; `shown` says which rows are in the public variant."""

    name: str
    meaning: str
    rows: Select[Any]
    process_id: ColumnElement[UUID]
    key: ColumnElement[UUID]
    shown: ColumnElement[bool]
    fields: tuple[Field, ...]


def _nothing(_tx: Transaction, _process: Process) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Tool:
    """`gaps` gives JSON pointers of what a review still asks of the tool in a process; none when it is ready."""

    name: str
    takes: tuple[Taken, ...]
    gaps: Callable[[Transaction, Process], list[str]] = _nothing
    datasets: tuple[Dataset, ...] = ()


_TOOLS: dict[str, Tool] = {}


def register(*tools: Tool) -> None:
    """Make tools known; the same name again takes the place of the first."""
    _TOOLS.update({tool.name: tool for tool in tools})


def all_taken() -> list[Taken]:
    """Every kind of contribution that some tool takes."""
    return [each for tool in _TOOLS.values() for each in tool.takes]


def datasets() -> list[Dataset]:
    """What can be exported of any process."""
    return [each for tool in _TOOLS.values() for each in tool.datasets]


def kinds() -> frozenset[Kind]:
    """What a phase can accept."""
    return frozenset(each.kind for each in all_taken())


def find(kind: str) -> Taken | None:
    """None for what no tool takes."""
    return next((each for each in all_taken() if each.kind == kind), None)


def taken(kind: Kind) -> Taken:
    """Raises NotFound for what no tool takes."""
    found = find(kind)
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

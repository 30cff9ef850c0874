"""The stories of an export: list what there is, and write one part of a file."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.exports import files, policy, store
from engagement.exports.model import MOST_ROWS_OF_A_SHEET, Format, TooLong, Variant, Wanted
from engagement.processes import actions as processes
from engagement.processes import tools
from engagement.processes.policy import may_see_counts
from engagement.processes.tools import Dataset, Field

_PSEUDONYM = "export.pseudonym"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: rows after one key up to another (None: to the end), in the language that tables prefer."""

    dataset: Dataset
    process_id: UUID
    language: str
    format: Format
    variant: Variant
    after: UUID | None
    to: UUID | None

    def fields(self) -> list[Field]:
        return [each for each in self.dataset.fields if each.public or self.variant is Variant.INTERNAL]


def part(tx: Transaction, process_id: UUID, wanted: Wanted, *, by: Actor, at: datetime) -> Part:
    """What `written` will write. Raises NotFound, NotAnOfficial, CountsHidden, TooLong."""
    policy.may_export(by, wanted.variant).require()
    process = processes.visible(tx, process_id, by=by)
    may_see_counts(by, process, at).require()  # whoever has the rows can count them
    dataset = next((each for each in tools.datasets() if each.name == wanted.dataset), None)
    if dataset is None:
        raise NotFound("There is no such data set.")
    after, to = wanted.after, None
    if wanted.format is Format.XLSX:
        if store.count(tx, dataset, process.id, wanted.variant) > MOST_ROWS_OF_A_SHEET:
            raise TooLong(f"A workbook has at most {MOST_ROWS_OF_A_SHEET} rows; take CSV or JSON Lines.")
        after = None
    else:
        to = store.end_of_part(tx, dataset, process.id, wanted.variant, after, wanted.limit)
    return Part(dataset, process.id, process.languages[0], wanted.format, wanted.variant, after, to)


def written(reading: Callable[[], AbstractContextManager[Transaction]], of: Part, sealer: Sealer) -> Generator[bytes]:
    """The part's bytes, a few hundred rows in memory at a time."""
    names = [each.name for each in of.fields()]
    with reading() as tx:
        found = store.rows(tx, of.dataset, of.process_id, of.variant, of.after, of.to)
        rows = _values(of, found, sealer)
        if of.format is Format.CSV:
            yield from files.as_csv(names, rows, of.language, head=of.after is None)
        elif of.format is Format.JSONL:
            yield from files.as_jsonl(names, rows)
        else:
            yield from files.as_xlsx(of.dataset.name, names, rows, of.language)


def _values(of: Part, rows: Iterator[RowMapping], sealer: Sealer) -> Iterator[list[Any]]:
    """Pseudonyms are one person's within a process, and say nothing beyond it."""

    def pseudonym(actor_key: str | None) -> str | None:
        return sealer.digest(f"{of.process_id} {actor_key}", _PSEUDONYM)[:16] if actor_key else None

    getters = [(each.of, each.pseudonym) for each in of.fields()]
    for row in rows:
        yield [pseudonym(get(row)) if hidden else get(row) for get, hidden in getters]

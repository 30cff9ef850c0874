"""Fill a running mesh's engagement with a process of a given size, straight into its tables: the pages are what is
measured, not the filling."""

from datetime import UTC, datetime
from random import Random
from uuid import UUID

from sqlalchemy import insert

from chassis import ids
from chassis.database import Database
from engagement import tables

_WORDS = "street tree school bench water light crossing market garden station library river square bridge path".split()  # noqa: SIM905 - reads as a list
_BATCH = 500


def fill(database_url: str, process_id: UUID, proposals: int, comments: int) -> list[UUID]:
    """The ids of the new proposals; each has its number, its counts and some of the comments."""
    random, at = Random(7), datetime.now(UTC)
    made = [ids.new() for _ in range(proposals)]
    talk = [random.choice(made) for _ in range(comments)]
    database = Database(database_url)
    _batches(database, tables.proposal, [_proposal(each, n, process_id, random, at) for n, each in enumerate(made)])
    _batches(database, tables.comment, [_comment(each, process_id, random, at) for each in talk])
    _batches(database, tables.proposal_counts, [_counts(each, process_id, talk.count(each)) for each in made])
    database.close()
    return made


def _batches(database: Database, table: object, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), _BATCH):
        with database.transaction() as tx:
            tx.execute(insert(table), rows[start : start + _BATCH])  # type: ignore[arg-type]


def _proposal(proposal_id: UUID, number: int, process_id: UUID, random: Random, at: datetime) -> dict[str, object]:
    title = " ".join(random.choices(_WORDS, k=6))
    return {
        "id": proposal_id,
        "process_id": process_id,
        "number": 100_000 + number,
        "participant_id": None,
        "entered_by": "load",
        "actor_key": "office:load",
        "channel": "paper",
        "ladder_step": 0,
        "title": {"en": title},
        "summary": {"en": " ".join(random.choices(_WORDS, k=30))},
        "search": title,
        "category": None,
        "tags": [],
        "state": "published",
        "status": "counted",
        "verification": "pending",
        "created_at": at,
        "published_at": at,
        "version": 1,
    }


def _comment(proposal_id: UUID, process_id: UUID, random: Random, at: datetime) -> dict[str, object]:
    comment_id = ids.new()
    return {
        "id": comment_id,
        "process_id": process_id,
        "proposal_id": proposal_id,
        "entered_by": "load",
        "actor_key": "office:load",
        "root_id": comment_id,
        "depth": 0,
        "body": {"en": " ".join(random.choices(_WORDS, k=25))},
        "position": random.choice(["in_favour", "neutral", "against"]),
        "channel": "paper",
        "ladder_step": 0,
        "state": "visible",
        "status": "counted",
        "at": at,
    }


def _counts(proposal_id: UUID, process_id: UUID, comments: int) -> dict[str, object]:
    zeros = {"endorsements": 0, "in_favour": 0, "neutral": 0, "against": 0, "without_position": comments}
    return {"proposal_id": proposal_id, "process_id": process_id, "comments": comments} | zeros

"""`python -m tests.load.survey_results`: what a survey of twenty closed questions costs, folded and read, by the number
of its responses. Figures are printed, never asserted. It needs no mesh: responses stand in the block's tables."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from chassis import ids, migrations
from chassis.database import Database
from engagement import tables
from engagement.questionnaire.model import read
from engagement.survey_results import assembly, schemas, store
from engagement.survey_results.crossing import crossed
from engagement.survey_results.model import Audience
from engagement.survey_tally import jobs
from engagement.survey_tally import store as tally
from tests.load.measure import machine

_BATCH = 1000
_QUESTIONS, _OPTIONS = 20, 5
_CODES = [f"code_{number}" for number in range(_OPTIONS)]
_READINGS = 20


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.survey_results")
    parser.add_argument("--responses", type=int, default=20_000)
    most = parser.parse_args().responses
    print(machine())
    print("| responses | folded, CPU ms a response | results, CPU ms | cross table, CPU ms |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'block.db'}")
        migrations.migrate(database, "engagement")
        survey = _survey(database)
        filled = 0
        for count in (most // 10, most):
            _respond(database, survey, count - filled)
            folded = _cpu(lambda: _fold(database))
            results = _cpu(lambda: _again(lambda: _results(database, survey))) / _READINGS
            table = _cpu(lambda: _again(lambda: _cross(database, survey))) / _READINGS
            print(f"| {count} | {folded / (count - filled):.2f} | {results:.1f} | {table:.1f} |", flush=True)
            filled = count
        database.close()
    return 0


def _again(story: Callable[[], object]) -> None:
    for _ in range(_READINGS):
        story()


def _cpu(story: Callable[[], object]) -> float:
    """Milliseconds of this process."""
    before = time.process_time()
    story()
    return (time.process_time() - before) * 1000


def _definition() -> dict[str, Any]:
    options = [{"code": code, "text": {"en": code}} for code in _CODES]
    questions = [
        {"id": f"q{number}", "type": "single", "text": {"en": f"Question {number}"}, "options": options}
        for number in range(_QUESTIONS)
    ]
    return {"pages": [{"id": "one", "questions": questions}]}


def _survey(database: Database) -> UUID:
    """A published survey of a process that is there for it alone."""
    at, process_id, survey_id = datetime.now(UTC), ids.new(), ids.new()
    words = {"en": "Load"}
    process = {"id": process_id, "slug": "load", "title": words, "languages": ["en"], "categories": [], "strategy": {}}
    process |= {"limits": {}, "state": "open", "author": "load", "version": 1, "created_at": at}
    survey = {"id": survey_id, "process_id": process_id, "title": words, "definition": _definition()}
    survey |= {"state": "published", "revision": 1, "settings": {"hide_results": False}, "version": 1, "created_at": at}
    with database.transaction() as tx:
        tx.execute(insert(tables.process), process)
        tx.execute(insert(tables.survey), survey)
    return survey_id


def _respond(database: Database, survey_id: UUID, count: int) -> None:
    """So many more responses, with their news."""
    random = Random(count)
    with database.reading() as tx:
        process_id = tx.execute(tables.process.select()).one().id
    for rows in _batches(list(_rows(survey_id, process_id, count, random))):
        with database.transaction() as tx:
            tx.execute(insert(tables.response), rows)
            for row in rows:
                tally.mark(tx, survey_id, row["id"], row["id"])


def _rows(survey_id: UUID, process_id: UUID, count: int, random: Random) -> Iterator[dict[str, Any]]:
    at = datetime.now(UTC)
    for _ in range(count):
        response_id = ids.new()
        yield {
            "id": response_id,
            "survey_id": survey_id,
            "process_id": process_id,
            "actor_key": f"source:{response_id}",
            "channel": random.choice(["web", "paper"]),
            "ladder_step": 3,
            "status": "counted",
            "state": "submitted",
            "revision": 1,
            "answers": {f"q{number}": random.choice(_CODES) for number in range(_QUESTIONS)},
            "contribution_id": ids.new(),
            "weight": random.choice([0.4, 1.0, 1.6]),
            "started_at": at,
            "at": at,
            "version": 1,
        }


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


def _fold(database: Database) -> None:
    while jobs.fold(database, datetime.now(UTC)):
        pass


def _results(database: Database, survey_id: UUID) -> None:
    with database.reading() as tx:
        cells, terms = store.cells(tx, survey_id), store.terms(tx, survey_id)
        waiting, at = tally.waiting(tx, survey_id), store.folded_at(tx, survey_id)
    found = assembly.results(
        survey_id, read(_definition()), cells, terms, Audience.PUBLIC, waiting=waiting, folded_at=at
    )
    schemas.results(found)


def _cross(database: Database, survey_id: UUID) -> None:
    with database.reading() as tx:
        cells, pairs = store.cells(tx, survey_id), store.pair(tx, survey_id, "q0", "q1")
    one, other = assembly.sides(read(_definition()), cells, "q0", "q1")
    schemas.cross_table(crossed(survey_id, one, other, pairs, Audience.PUBLIC))


if __name__ == "__main__":
    sys.exit(main())

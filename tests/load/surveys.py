"""Surveys of ten questions in a filled process, straight into its tables, and the answers to one of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from chassis import ids
from chassis.database import Database
from engagement import tables

Json = dict[str, Any]
_CHOICES = [{"code": f"code_{number}", "text": {"en": f"Answer {number}"}} for number in range(5)]
ANSWERS: Json = {
    **{f"single_{number}": "code_1" for number in range(4)},
    "several": ["code_0", "code_3"],
    "age": 41,
    "mood": 4,
    "often": 7,
    "rides": "yes",
    "words": "More shade along the river, and a bench at every stop.",
}


def publish(database_url: str, process_id: UUID, number: int) -> list[UUID]:
    """The ids of so many surveys; the phases of the process accept responses from then on."""
    at = datetime.now(UTC)
    made = [ids.new() for _ in range(number)]
    database = Database(database_url)
    with database.transaction() as tx:
        tx.execute(insert(tables.survey), [_survey(each, process_id, at) for each in made])
        for row in tx.execute(select(tables.phase).where(tables.phase.c.process_id == process_id)).all():
            wider = update(tables.phase).where(tables.phase.c.id == row.id)
            tx.execute(wider.values(accepts=[*row.accepts, "response"]))
    database.close()
    return made


def _survey(survey_id: UUID, process_id: UUID, at: datetime) -> Json:
    return {
        "id": survey_id,
        "process_id": process_id,
        "title": {"en": "How do you travel?"},
        "definition": {"pages": [{"id": "page_1", "questions": _questions()}]},
        "state": "published",
        "revision": 1,
        "settings": {"editable": True, "hide_results": True},
        "version": 2,
        "created_at": at,
        "published_at": at,
    }


def _questions() -> list[Json]:
    def question(name: str, kind: str, **values: object) -> Json:
        return {"id": name, "type": kind, "text": {"en": f"What of {name}?"}, "required": True} | values

    rider = {"question": "rides", "is": "equals", "value": "yes"}
    return [
        *(question(f"single_{number}", "single", options=_CHOICES) for number in range(4)),
        question("several", "multiple", options=_CHOICES),
        question("age", "number", min=0, max=120),
        question("mood", "scale"),
        question("rides", "yes_no"),
        question("often", "nps", showIf=rider),
        question("words", "long_text"),
    ]

"""Surveys to answer. In the standard one, riders of buses are asked how often and why; under 16 it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from chassis.testing.client import Client
from engagement.processes.model import Process
from engagement.surveys import store
from engagement.surveys.model import Settings, State, Survey

Json = dict[str, Any]
YOUNG = {"question": "age", "is": "less", "value": 16}
RIDER = {"question": "rides", "is": "equals", "value": "yes"}
RARELY = {"question": "often", "is": "less", "value": 3}
ANSWERS = {"age": 40, "rides": "yes", "often": 5, "words": "More shade, please."}


def question(name: str, kind: str, **values: Any) -> Json:
    return {"id": name, "type": kind, "text": {"en": f"What of {name}?"}} | values


def definition(**values: Any) -> Json:
    often = question("often", "scale", showIf=RIDER, required=True)
    why = question("why", "long_text", showIf={"all": [RIDER, RARELY]}, required=True)
    return {
        "pages": [
            {
                "id": "who",
                "questions": [question("age", "number", required=True, min=0, max=120)],
                "jumpTo": [{"when": YOUNG, "ending": "young"}],
            },
            {"id": "riding", "questions": [question("rides", "yes_no", required=True), often, why]},
            {"id": "last", "questions": [question("words", "long_text", max=200)]},
        ],
        "endings": [{"id": "young", "text": {"en": "Thank you, that is all."}}],
    } | values


def quota(limit: int, action: str = "stop") -> Json:
    return {"id": "riders", "when": RIDER, "limit": limit, "action": action, "message": {"en": "Enough riders."}}


@dataclass
class Place:
    """A process with Ana and Ben in it, and its survey."""

    process: Process
    survey: Survey

    @property
    def its(self) -> str:
        return f"/v1/surveys/{self.survey.id}"


def saved(person: Client, place: Place, page: str, **sent: Any) -> Json:
    body: Json = person.put(f"{place.its}/my-response/pages/{page}", {"answers": {}} | sent).body
    return body


def walked(person: Client, place: Place) -> Json:
    """From the first page to the check."""
    person.post(f"{place.its}/my-response", {"language": "en"})
    saved(person, place, "who", answers={"age": 40})
    saved(person, place, "riding", answers={"rides": "yes", "often": 5})
    return saved(person, place, "last", answers={"words": "More shade, please."})


@pytest.fixture
def opened(world: Any, make: ModuleType) -> Callable[..., Place]:
    """A published survey in an open process; other processes and surveys stand beside it."""

    def build(asked: Json | None = None, process: Process | None = None, **settings: bool) -> Place:
        its = process or world.process()
        for name in () if process else ("ana", "ben"):
            world.participant(its, name)
        survey = Survey(
            id=make.new_id(),
            process_id=its.id,
            title={"en": "Buses"},
            introduction=None,
            definition=asked or definition(),
            settings=Settings(**settings),
            created_at=make.NOON,
            state=State.PUBLISHED,
            revision=1,
            published_at=make.NOON,
        )
        world.stored(store.add, survey)
        with world.app.runtime.transaction() as tx:
            store.open_quotas(tx, survey.id, [each.id for each in survey.asked().quotas])
        return Place(its, survey)

    build()
    return build


@pytest.fixture
def place(opened: Callable[..., Place]) -> Place:
    return opened()


@pytest.fixture
def ana(citizen: Callable[..., Client]) -> Client:
    return citizen("ana")


@pytest.fixture
def draft() -> Json:
    return {"title": {"en": "Buses"}, "introduction": {"en": "Two minutes."}, "definition": definition()}

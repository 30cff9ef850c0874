"""A survey with responses, as they come in through the block's own doors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.testing.client import Client, Reply
from engagement.survey_tally import jobs
from engagement.surveys import store as surveys
from engagement.surveys.model import Settings, State, Survey


def question(name: str, kind: str, *codes: str, **values: Any) -> dict[str, Any]:
    options = {"options": [{"code": code, "text": {"en": code}} for code in codes]} if codes else {}
    return {"id": name, "type": kind, "text": {"en": f"{name}?"}} | options | values


TREES = [
    question("trees", "single", "more", "same", "fewer"),
    question("places", "multiple", "river", "square", "school"),
    question("mood", "scale", min=1, max=5),
    question("age", "number", min=0, max=120),
    question("why", "long_text"),
    question("recommend", "nps"),
    question("order", "ranking", "a", "b", "c"),
    question("grid", "matrix_single", "good", "bad", rows=[{"code": "bus", "text": {"en": "Bus"}}]),
    question("dog", "yes_no"),
    question("walks", "csat", showIf={"question": "dog", "is": "equals", "value": "yes"}),
]


@dataclass
class Room:
    """One survey, its official, and the figures."""

    app: App
    survey: Survey
    official: Client
    settle: Callable[[], None]

    @property
    def path(self) -> str:
        return f"/v1/surveys/{self.survey.id}"

    def enter(
        self, answers: list[dict[str, Any]], *, channel: str = "paper", source: str = "form", **each: Any
    ) -> None:
        """Responses that came in elsewhere, 500 a call; then all is folded."""
        for start in range(0, len(answers), 500):
            part = [
                {"reference": f"{source}-{start + place}", "answers": given} | each
                for place, given in enumerate(answers[start : start + 500])
            ]
            reply = self.official.post(f"{self.path}/entries", {"channel": channel, "responses": part})
            assert reply.status == 201, reply.body
        self.fold()

    def fold(self) -> None:
        self.settle()
        while jobs.fold(self.app.runtime.database, self.survey.created_at):
            pass

    def results(self, reader: Client | None = None, audience: str = "official") -> Any:
        return (reader or self.official).get(f"{self.path}/results?audience={audience}").body

    def of(self, name: str, audience: str = "official") -> Any:
        """The first distribution of a question."""
        asked = {each["id"]: each for each in self.results(audience=audience)["questions"]}
        return asked[name]["distributions"][0]

    def cross(self, first: str, second: str, audience: str = "official") -> Reply:
        return self.official.get(f"{self.path}/results/cross-table?first={first}&second={second}&audience={audience}")

    def hidden_twin(self) -> "Room":
        """The same survey, whose results are hidden until it closes."""
        twin = replace(self.survey, id=ids.new(), settings=Settings(hide_results=True))
        return replace(self, survey=asked(self.app, twin))

    def close(self) -> None:
        assert self.official.post(f"{self.path}/closing").status == 200


@pytest.fixture
def room(app: App, world: Any, make: Any, official: Callable[..., Client], settle: Callable[[], None]) -> Room:
    survey = Survey(
        id=make.new_id(),
        process_id=world.process().id,
        title={"en": "Trees"},
        introduction=None,
        definition={"pages": [{"id": "one", "questions": TREES}]},
        settings=Settings(hide_results=False),
        created_at=make.NOON,
        state=State.PUBLISHED,
        revision=1,
        published_at=make.NOON,
    )
    return Room(app, asked(app, survey), official(), settle)


def asked(app: App, survey: Survey) -> Survey:
    with app.runtime.transaction() as tx:
        surveys.add(tx, survey)
        surveys.keep_revision(tx, survey, survey.created_at)
    return survey

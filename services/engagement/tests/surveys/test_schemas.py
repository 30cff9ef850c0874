"""What is written is what the contract promises."""

from types import ModuleType
from typing import Any

import contracts
from engagement.participants.model import Participant
from engagement.processes.model import Process
from engagement.questionnaire.route import walk
from engagement.receipts.model import leaf
from engagement.responses import schemas as responses
from engagement.responses.model import Next, Progress, begun
from engagement.surveys import schemas as surveys
from engagement.surveys.pictures import Picture

from .conftest import ANSWERS, Place


def test_plain_functions_write_what_the_contract_promises(make: ModuleType, place: Place) -> None:
    process: Process = place.process
    ana: Participant = make.participant(process.id, "ana")
    asked = place.survey.asked()
    route = walk(asked, ANSWERS)
    response = begun(place.survey, ana, "en", make.NOON).submitted(route.answers, 1, make.NOON)
    progress = Progress(place.survey, response, route, Next())
    receipt = leaf(process.id, "response", make.new_id(), "web", response.said(), make.NOON)

    for body, promised in (
        (surveys.survey(place.survey, []), "Survey"),
        (surveys.listed(place.survey), "SurveyInList"),
        (surveys.preview(place.survey, asked, route, "who"), "Preview"),
        (surveys.preview(place.survey, asked, route, "who")["page"], "MetPage"),
        (surveys.picture(Picture(make.new_id(), "image/png", b"")), "SurveyPicture"),
        (responses.progress(progress, "key"), "Response"),
        (responses.submitted(progress, receipt), "SubmittedResponse"),
    ):
        schema: dict[str, Any] = contracts.openapi("engagement")["components"]["schemas"][promised]
        assert set(schema["required"]) <= set(body) <= set(schema["properties"]), promised

"""Who sees figures, and when."""

from datetime import datetime
from types import ModuleType
from typing import Any

import pytest

from engagement.processes.policy import NotAnOfficial
from engagement.survey_results.model import Audience, ResultsHidden
from engagement.survey_results.policy import may_recount, may_see_results
from engagement.surveys.model import Settings, State, Survey

PUBLIC, OFFICIAL = Audience.PUBLIC, Audience.OFFICIAL


def survey(process: Any, at: datetime, state: State, *, hides: bool) -> Survey:
    definition: dict[str, Any] = {"pages": []}
    settings = Settings(hide_results=hides)
    return Survey(process.id, process.id, {"en": "Trees"}, None, definition, settings, at, state)


@pytest.mark.parametrize(
    ("who", "audience", "state", "hides", "refused"),
    [
        ("the public", PUBLIC, State.PUBLISHED, False, None),
        ("the public", PUBLIC, State.PUBLISHED, True, ResultsHidden),
        ("the public", PUBLIC, State.CLOSED, True, None),
        ("the public", OFFICIAL, State.CLOSED, True, NotAnOfficial),
        ("a citizen", OFFICIAL, State.CLOSED, False, NotAnOfficial),
        ("a moderator", OFFICIAL, State.CLOSED, False, NotAnOfficial),
        ("an official", PUBLIC, State.PUBLISHED, True, ResultsHidden),
        ("an official", OFFICIAL, State.PUBLISHED, True, ResultsHidden),
        ("an official", OFFICIAL, State.PUBLISHED, False, None),
        ("an official", OFFICIAL, State.CLOSED, True, None),
    ],
)
def test_who_sees_results(
    who: str, audience: Audience, state: State, hides: bool, refused: type | None, make: ModuleType
) -> None:
    process = make.process()

    verdict = may_see_results(
        make.ACTORS[who], survey(process, make.NOON, state, hides=hides), process, audience, make.NOON
    )

    assert make.refusal(verdict) is refused


@pytest.mark.parametrize(
    ("who", "refused"),
    [("the public", NotAnOfficial), ("a citizen", NotAnOfficial), ("an official", None)],
)
def test_who_has_a_survey_counted_anew(who: str, refused: type | None, make: ModuleType) -> None:
    assert make.refusal(may_recount(make.ACTORS[who], make.process())) is refused

"""A response as it came in elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis import ids
from chassis.errors import Invalid
from engagement.contributions import Channel, Status
from engagement.participants.model import Step
from engagement.questionnaire.model import Answers, Questionnaire
from engagement.questionnaire.route import faults
from engagement.responses.model import Response, State
from engagement.surveys.model import Survey


class EntryRefused(Invalid):
    """A response of the batch does not fit the survey, and so none of it was taken; `errors` names each fault."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`reference` names the response in its source, so that entering it again adds nothing. `at` None means now."""

    reference: str
    answers: Answers
    language: str | None = None
    weight: float | None = None
    profile: Mapping[str, str] | None = None
    at: datetime | None = None

    @property
    def actor_key(self) -> str:
        """What makes it one of its source."""
        return f"source:{self.reference}"


def fitting(asked: Questionnaire, entries: list[Entry], at: datetime) -> None:
    """Raises EntryRefused, with a pointer to each fault."""
    found = [
        (f"/responses/{place}{pointer}", detail)
        for place, entry in enumerate(entries)
        for pointer, detail in faults(asked, entry.answers)
    ]
    found += [
        (f"/responses/{place}/at", "lies ahead") for place, each in enumerate(entries) if each.at and each.at > at
    ]
    first = {entry.reference: place for place, entry in reversed(list(enumerate(entries)))}
    found += [
        (f"/responses/{place}/reference", "is there twice")
        for place, entry in enumerate(entries)
        if first[entry.reference] != place
    ]
    if found:
        raise EntryRefused("Some responses do not fit the survey; none was taken.", found)


def response(survey: Survey, channel: Channel, entry: Entry, at: datetime) -> Response:
    """It counts at once."""
    since = entry.at or at
    return Response(
        id=ids.new(),
        survey_id=survey.id,
        process_id=survey.process_id,
        participant_id=None,
        actor_key=entry.actor_key,
        channel=channel,
        ladder_step=int(Step.OPEN),
        revision=survey.revision,
        started_at=since,
        at=since,
        language=entry.language,
        status=Status.COUNTED,
        state=State.SUBMITTED,
        answers=entry.answers,
        contribution_id=ids.new(),
        weight=entry.weight,
        profile=entry.profile,
    )

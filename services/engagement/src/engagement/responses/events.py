"""What others may know about responses: ids alone. Keyed by the survey, so that its facts stay in order and are folded
by one reader."""

from datetime import datetime
from uuid import UUID

from chassis.events import Event
from engagement.responses.model import Response


def submitted(of: Response) -> Event:
    return _event("response-submitted", of, of.at)


def changed(of: Response, replaced: UUID | None) -> Event:
    """`replaced` is the name under which the response counted before."""
    return _event("response-changed", of, of.at, replacedId=str(replaced))


def withdrawn(of: Response, at: datetime) -> Event:
    return _event("response-withdrawn", of, at)


def _event(fact: str, of: Response, at: datetime, **data: object) -> Event:
    ids: dict[str, object] = {
        "processId": str(of.process_id),
        "surveyId": str(of.survey_id),
        "responseId": str(of.id),
        "contributionId": str(of.contribution_id),
    }
    return Event(f"engagement.{fact}.v1", str(of.survey_id), at, ids | data)

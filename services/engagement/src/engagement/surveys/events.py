"""What others may know about surveys."""

from datetime import datetime

from chassis.events import Event
from engagement.surveys.model import Survey


def published(of: Survey, at: datetime) -> Event:
    return _event("survey-published", of, at)


def revised(of: Survey, at: datetime) -> Event:
    return _event("survey-revised", of, at)


def closed(of: Survey, at: datetime) -> Event:
    return _event("survey-closed", of, at)


def _event(fact: str, of: Survey, at: datetime) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "surveyId": str(of.id), "revision": of.revision}
    return Event(f"engagement.{fact}.v1", str(of.id), at, ids)

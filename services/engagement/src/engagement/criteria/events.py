"""What others may know about criteria."""

from chassis.events import Event
from engagement.criteria.model import CriteriaSet


def published(of: CriteriaSet) -> Event:
    assert of.published_at is not None  # noqa: S101 - only what is published is told
    its = str(of.process_id)
    return Event("engagement.criteria-published.v1", its, of.published_at, {"processId": its})

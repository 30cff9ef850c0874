"""What others may know about answers."""

from datetime import datetime

from chassis.events import Event
from engagement.evaluation.model import Contributor, Published
from engagement.processes.model import Process


def sealed(of: Process, at: datetime) -> Event:
    return Event("engagement.results-sealed.v1", str(of.id), at, {"processId": str(of.id)})


def decided(of: Process, at: datetime) -> Event:
    return Event("engagement.process-decided.v1", str(of.id), at, {"processId": str(of.id)})


def published(of: Process, answer: Published, at: datetime) -> Event:
    data = {
        "processId": str(of.id),
        "proposalId": str(answer.proposal_id),
        "outcome": answer.outcome,
        "reasonCode": answer.reason_code,
    }
    return Event("engagement.decision-published.v1", str(answer.proposal_id), at, data)


def feedback_due(of: Process, to: Contributor, at: datetime) -> Event:
    data = {
        "processId": str(of.id),
        "slug": of.slug,
        "participantId": str(to.participant_id),
        "recipient": to.recipient,
        "language": to.language,
    }
    return Event("engagement.feedback-due.v1", str(to.participant_id), at, data)

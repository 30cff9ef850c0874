"""Who may answer a survey, and when."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.policy import in_time
from engagement.responses.model import RESPONSE, AlreadyAnswered, Response
from engagement.surveys.model import State, Survey, SurveyClosed


def may_answer(participant: Participant | None, survey: Survey, process: Process, at: datetime) -> Verdict:
    """A participant, while the survey is open."""
    return is_open(survey) and in_time(process, RESPONSE, at) and takes_part(participant)


def may_change(survey: Survey, response: Response) -> Verdict:
    """What counts is changed only where the survey allows it."""
    if response.counts and not survey.settings.editable:
        return refused(AlreadyAnswered("You have answered this survey; answers are not changed."))
    return ALLOWED


def is_open(survey: Survey) -> Verdict:
    """Whether it was published and is not closed yet."""
    return ALLOWED if survey.state is State.PUBLISHED else refused(SurveyClosed("This survey takes no answers now."))

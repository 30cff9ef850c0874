"""Who may enter responses that came in elsewhere, and when."""

from datetime import datetime

from chassis.verdict import Verdict
from engagement.actors import Actor
from engagement.processes.model import Process, Role
from engagement.processes.policy import in_time, may_act
from engagement.responses.model import RESPONSE
from engagement.responses.policy import is_open
from engagement.surveys.model import Survey


def may_enter(by: Actor, survey: Survey, process: Process, at: datetime) -> Verdict:
    """An official, while the survey is open and a phase takes responses."""
    return may_act(by, process, Role.DATA_ENTRY) and is_open(survey) and in_time(process, RESPONSE, at)

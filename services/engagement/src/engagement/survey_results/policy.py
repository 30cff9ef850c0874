"""Who may see figures of a survey, and when. Every operation that tells one asks here."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.processes.model import Process, Role
from engagement.processes.policy import may_act, may_work_on, sees_results
from engagement.survey_results.model import Audience, ResultsHidden
from engagement.surveys.model import State, Survey


def may_see_results(by: Actor, survey: Survey, process: Process, audience: Audience, at: datetime) -> Verdict:
    """What a phase hides, officials see; what a survey hides, nobody: who knows it early may tell it early."""
    hidden = survey.settings.hide_results and survey.state is not State.CLOSED
    if hidden or not sees_results(by, process, at):
        return refused(ResultsHidden("Results are not shown yet."))
    return may_work_on(by) if audience is Audience.OFFICIAL else ALLOWED


def may_recount(by: Actor, process: Process) -> Verdict:
    return may_act(by, process, Role.ANALYST)

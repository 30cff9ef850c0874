"""Who may see a survey, and who may work on it."""

from engagement.actors import Actor
from engagement.surveys.model import State, Survey


def may_see(actor: Actor, survey: Survey) -> bool:
    """Drafts are for staff; of what was published, whoever sees the process sees the survey."""
    return actor.is_staff or survey.state is not State.DRAFT

"""Quotas of a survey: how many such answers are wanted, counted as responses are submitted."""

from chassis.database import Transaction
from engagement.questionnaire.conditions import holds
from engagement.questionnaire.model import Answers, Full, Questionnaire, Quota
from engagement.responses.model import QuotaFull
from engagement.surveys import store as surveys
from engagement.surveys.model import Survey


def met(asked: Questionnaire, answers: Answers | None) -> dict[str, Quota]:
    """Quotas to which these answers belong; None belongs to none."""
    return {each.id: each for each in asked.quotas if answers is not None and holds(each.when, answers)}


def full(tx: Transaction, survey: Survey, asked: Questionnaire, route: Answers, counted: Answers | None) -> list[Quota]:
    """Full quotas that these answers would join; those that the person is counted in already do not concern her."""
    joined = {name: each for name, each in met(asked, route).items() if name not in met(asked, counted)}
    if not joined:
        return []
    taken = surveys.quotas_taken(tx, survey.id)
    return [each for name, each in joined.items() if taken[name] >= each.limit]


def count(tx: Transaction, survey: Survey, asked: Questionnaire, before: Answers | None, after: Answers | None) -> None:
    """Answers that counted before (None: there were none) give way to others. Raises QuotaFull."""
    left, joined = met(asked, before), met(asked, after)
    for name in sorted(left.keys() - joined.keys()):
        surveys.add_to_quota(tx, survey.id, name, -1)
    for name in sorted(joined.keys() - left.keys()):
        limit = joined[name].limit if joined[name].action is Full.STOP else None
        if not surveys.take_place(tx, survey.id, name, limit):
            raise QuotaFull("As many people as were wanted have given such answers.")

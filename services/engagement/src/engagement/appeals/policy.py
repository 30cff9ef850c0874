"""Who may appeal, against what and until when; and who decides."""

from datetime import datetime, timedelta

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.appeals.model import APPEALABLE, AnotherModerator, NotAppealable, NotTheAuthor
from engagement.moderation.model import Author, Entry
from engagement.participants.model import Participant
from engagement.rulebook.model import Rules
from engagement.rulebook.policy import may_moderate


def may_appeal(
    participant: Participant | None, author: Author | None, entry: Entry, rules: Rules, at: datetime
) -> Verdict:
    """The author of what it was done to, against an act of a moderator, in the days that the process gives."""
    if participant is None or author is None or participant.id != author.participant_id:
        return refused(NotTheAuthor("Only whoever wrote it appeals."))
    if entry.action not in APPEALABLE:
        return refused(NotAppealable("There is nothing to appeal against in this act."))
    if at > entry.at + timedelta(days=rules.appeal_days):
        return refused(NotAppealable("The time to appeal is over."))
    return ALLOWED


def may_decide(actor: Actor, entry: Entry) -> Verdict:
    """A moderator other than the one who acted."""
    if verdict := may_moderate(actor):
        if actor.subject == entry.by:
            return refused(AnotherModerator("Another moderator decides about what you did."))
        return verdict
    return may_moderate(actor)

"""Builders with sensible defaults: everything happens at noon of 1 June 2026, in a process whose phase is open."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis import ids
from chassis.errors import Refusal
from chassis.verdict import Verdict
from engagement.actors import Actor
from engagement.comments.model import Comment
from engagement.contributions import Channel, Status
from engagement.participants.model import Participant
from engagement.participants.model import State as Participation
from engagement.phases.model import Phase
from engagement.processes import tools
from engagement.processes.model import Limits, Process, State
from engagement.proposals.content import Content
from engagement.proposals.model import Proposal
from engagement.proposals.model import State as ProposalState
from engagement.strategy.model import Strategy

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PUBLIC = Actor(None, frozenset())
CITIZEN = Actor("ana", frozenset({"participant"}))
OFFICIAL = Actor("olga", frozenset({"official"}))
MODERATOR = Actor("mira", frozenset({"moderator"}))
ACTORS = {"the public": PUBLIC, "a citizen": CITIZEN, "an official": OFFICIAL, "a moderator": MODERATOR}


new_id = ids.new


def official(subject: str) -> Actor:
    return Actor(subject, frozenset({"official"}))


def phase(**values: Any) -> Phase:
    """Open from a day ago until a day ahead, for everything."""
    standard = {
        "id": ids.new(),
        "title": {"en": "Have your say"},
        "opens_at": NOON - DAY,
        "closes_at": NOON + DAY,
        "accepts": tools.kinds(),
    }
    return Phase(**standard | values)


def strategy(**values: Any) -> Strategy:
    """One that the checklist finds complete."""
    text = {"en": "As agreed."}
    standard = {
        "level": "consult",
        "objective": text,
        "what_is_decided": text,
        "who_decides": text,
        "how_input_is_used": text,
        "how_feedback_is_given": text,
        "feedback_due_date": datetime(2026, 9, 1, tzinfo=UTC).date(),
        "privacy_notice": text,
        "responsible_official": "Office of streets",
    }
    return Strategy(**standard | values)


def process(**values: Any) -> Process:
    """Open, with one phase that takes everything."""
    process_id = ids.new()
    standard = {
        "id": process_id,
        "slug": f"green-streets-{process_id.hex[-12:]}",
        "title": {"en": "Green streets"},
        "summary": None,
        "languages": ["en"],
        "area": None,
        "categories": [],
        "strategy": strategy(),
        "limits": Limits(),
        "data_agreement_id": "agreement-1",
        "phases": (phase(),),
        "author": "olga",
        "approved_by": "otto",
        "created_at": NOON - 2 * DAY,
        "state": State.OPEN,
    }
    return Process(**standard | values)


def participant(process_id: UUID, subject: str = "ana", **values: Any) -> Participant:
    """Joined, with an address."""
    standard = {
        "id": ids.new(),
        "process_id": process_id,
        "subject": subject,
        "display_name": subject.title(),
        "language": "en",
        "joined_at": NOON,
        "state": Participation.JOINED,
        "recipient": f"entry-{subject}",
    }
    return Participant(**standard | values)


def content(title: str = "Trees along the river", **values: Any) -> Content:
    return Content(title={"en": title}, **values)


def proposal(process_id: UUID, author: Participant | None = None, **values: Any) -> Proposal:
    """Published, and counted."""
    standard = {
        "id": ids.new(),
        "process_id": process_id,
        "participant_id": author.id if author else None,
        "entered_by": author.subject if author else "olga",
        "actor_key": author.actor_key if author else "office:olga",
        "channel": Channel.WEB if author else Channel.MEETING,
        "meeting": None if author else "Meeting at the library",
        "content": content(),
        "created_at": NOON,
        "number": 1,
        "state": ProposalState.PUBLISHED,
        "status": Status.COUNTED,
        "published_at": NOON,
    }
    return Proposal(**standard | values)


def draft(process_id: UUID, author: Participant, **values: Any) -> Proposal:
    unsent = {"number": None, "state": ProposalState.DRAFT, "status": Status.PENDING, "published_at": None}
    return proposal(process_id, author, **unsent | values)


def comment(on: Proposal, author: Participant | None = None, answers: Comment | None = None, **values: Any) -> Comment:
    """A visible root without a position, or an answer."""
    comment_id = ids.new()
    standard = {
        "id": comment_id,
        "process_id": on.process_id,
        "proposal_id": on.id,
        "participant_id": author.id if author else None,
        "entered_by": author.subject if author else "olga",
        "actor_key": author.actor_key if author else "office:olga",
        "parent_id": answers.id if answers else None,
        "root_id": answers.root_id if answers else comment_id,
        "depth": answers.depth + 1 if answers else 0,
        "body": {"en": "I agree with this."},
        "position": None,
        "channel": Channel.WEB,
        "at": NOON,
    }
    return Comment(**standard | values)


def refusal(verdict: Verdict) -> type[Refusal] | None:
    """The kind of a verdict's refusal; None where it is allowed."""
    return type(verdict.refusal) if verdict.refusal else None

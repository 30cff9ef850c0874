"""Proposals on the wire. Plain functions: these are the hot paths, and marshmallow costs 0.1 ms a body."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from engagement.contributions import Channel
from engagement.proposals.model import Content, Decision, Endorsement, Proposal, Shown, Submission
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt


def submission(body: dict[str, Any]) -> Submission:
    """What the contract calls ProposalSubmission; its validity is checked already."""
    content = Content(
        title=body["title"],
        summary=body.get("summary"),
        body=body.get("body"),
        category=body.get("category"),
        tags=tuple(body.get("tags", ())),
    )
    channel = Channel(body.get("channel", Channel.WEB))
    return Submission(content, channel, body.get("meeting"), body.get("draft", False))


def submitted(of: Proposal, slug: str, leaf: Leaf | None) -> dict[str, Any]:
    """A proposal as it stands after it was sent, with its receipt unless it is a draft."""
    body = _own(of, slug)
    return body | {"receipt": receipt(leaf)} if leaf else body


def shown(of: Shown, *, staff: bool) -> dict[str, Any]:
    """A proposal on a page. A decision that is not published is shown to staff alone."""
    counts = of.counts
    body = _own(of.proposal, of.slug)
    body |= {
        "author": of.author,
        "mine": of.mine,
        "endorsedByMe": of.endorsed,
        "endorsements": counts.endorsements,
        "comments": counts.comments,
        "positions": {
            "inFavour": counts.in_favour,
            "neutral": counts.neutral,
            "against": counts.against,
            "none": counts.without_position,
        },
    }
    if of.decision and (staff or of.decision.published_at):
        body["decision"] = decision(of.decision)
    return body


def decision(of: Decision) -> dict[str, Any]:
    """What was decided, and why."""
    return {
        "proposalId": str(of.proposal_id),
        "outcome": of.outcome,
        "reasonCode": of.reason_code,
        "reason": of.reason,
        "decidedAt": text(of.decided_at),
        "publishedAt": text(of.published_at) if of.published_at else None,
    }


def endorsement(of: Endorsement, leaf: Leaf) -> dict[str, Any]:
    """An endorsement with its receipt."""
    return {"id": str(of.id), "proposalId": str(of.proposal_id), "at": text(of.at), "receipt": receipt(leaf)}


def _own(of: Proposal, slug: str) -> dict[str, Any]:
    content = of.content
    optional = {"summary": content.summary, "body": content.body, "meeting": of.meeting}
    return {
        "id": str(of.id),
        "processId": str(of.process_id),
        "reference": f"{slug.upper()}-{of.number:05}" if of.number else "",
        "title": content.title,
        "category": content.category,
        "tags": list(content.tags),
        "channel": of.channel,
        "state": of.state,
        "hiddenReason": of.hidden_reason,
        "createdAt": text(of.created_at),
        "publishedAt": text(of.published_at) if of.published_at else None,
        "verification": of.verification,
        "endorsements": 0,
        "comments": 0,
        "version": of.version,
    } | without_none(optional)

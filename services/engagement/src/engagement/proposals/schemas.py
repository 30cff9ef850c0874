"""Proposals on the wire. Plain functions: these are the hot paths, and marshmallow costs 0.1 ms a body."""

from dataclasses import asdict
from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from engagement.contributions import Channel
from engagement.proposals.content import Content, Cost, Display, Picture, Place
from engagement.proposals.model import Decision, Endorsement, Proposal, Shown, State, Submission
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt

_GONE = frozenset({"summary", "body", "category", "tags", "place", "cost", "pictures", "meeting"})  # once withdrawn


def submission(body: dict[str, Any]) -> Submission:
    """What the contract calls ProposalSubmission; its validity is checked already."""
    content = Content(
        title=body["title"],
        summary=body.get("summary"),
        body=body.get("body"),
        category=body.get("category"),
        tags=tuple(body.get("tags", ())),
        place=Place(**body["place"]) if body.get("place") else None,
        cost=_cost(body["cost"]) if body.get("cost") else None,
    )
    return Submission(
        content,
        channel=Channel(body.get("channel", Channel.WEB)),
        meeting=body.get("meeting"),
        draft=body.get("draft", False),
        display=Display(body.get("display", Display.NAME)),
        pseudonym=body.get("pseudonym"),
    )


def submitted(of: Proposal, slug: str, leaf: Leaf | None) -> dict[str, Any]:
    """A proposal as it stands after it was sent, with its receipt unless it is a draft."""
    body = _own(of, slug)
    return body | {"receipt": receipt(leaf)} if leaf else body


def shown(of: Shown, *, staff: bool, counted: bool = True) -> dict[str, Any]:
    """A proposal on a page. A decision that is not published is shown to staff alone; without `counted`, support and
    positions are shown to nobody. Of a withdrawn one its title stays, and what was counted."""
    body = _own(of.proposal, of.slug) | {
        "author": of.author,
        "mine": of.mine,
        "endorsedByMe": of.endorsed,
        "comments": of.counts.comments,
        "countsHidden": not counted,
    }
    if counted:
        body |= _counts(of)
    if of.decision and (staff or of.decision.published_at):
        body["decision"] = decision(of.decision)
    if of.proposal.state is State.WITHDRAWN and not (of.mine or staff):
        return {name: value for name, value in body.items() if name not in _GONE} | {"author": None}
    return body


def _counts(of: Shown) -> dict[str, Any]:
    counts = of.counts
    positions = {
        "inFavour": counts.in_favour,
        "neutral": counts.neutral,
        "against": counts.against,
        "none": counts.without_position,
    }
    return {"endorsements": counts.endorsements, "positions": positions}


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
    optional = {
        "summary": content.summary,
        "body": content.body,
        "meeting": of.meeting,
        "place": without_none(asdict(content.place)) if content.place else None,
        "cost": _cost_shown(content.cost) if content.cost else None,
        "editedAt": text(of.edited_at) if of.edited_at else None,
        "withdrawnAt": text(of.withdrawn_at) if of.withdrawn_at else None,
    }
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
        "display": of.display,
        "pictures": [picture(each) for each in of.pictures],
        "textNumber": of.text_number,
        "endorsements": None,
        "comments": 0,
        "version": of.version,
    } | without_none(optional)


def picture(of: Picture) -> dict[str, Any]:
    """What a page needs to show it; the files have addresses of their own."""
    return {"id": str(of.id), "alt": of.alt, "width": of.width, "height": of.height}


def _cost(body: dict[str, Any]) -> Cost:
    return Cost(body["amount"], body["currency"], body.get("estimatedBy"))


def _cost_shown(of: Cost) -> dict[str, Any]:
    return {"amount": of.amount, "currency": of.currency, "estimatedBy": of.estimated_by}

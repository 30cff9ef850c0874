"""Where the words of proposals, former texts and comments stand."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from chassis.database import Transaction
from engagement.tables import comment, proposal, proposal_text

DASH = "\N{EN DASH}"
_NOTHING: dict[str, Any] = {"summary": None, "body": None, "tags": [], "search": ""}

OF_PROPOSALS = select(*(proposal.c[name] for name in ("id", "title", "summary", "body", "category", "tags")))
OF_COMMENTS = select(comment.c.id, comment.c.body, comment.c.position)


def erase_proposal(tx: Transaction, proposal_id: UUID) -> None:
    """Its former texts too."""
    its = proposal.c.id == proposal_id
    title = tx.execute(select(proposal.c.title).where(its)).scalar_one()
    tx.execute(update(proposal).where(its).values(title=_dashes(title), **_NOTHING))
    former = select(proposal_text).where(proposal_text.c.proposal_id == proposal_id)
    for row in tx.execute(former).mappings().all():
        this = (proposal_text.c.proposal_id == proposal_id) & (proposal_text.c.number == row["number"])
        content = row["content"] | {name: _NOTHING.get(name) for name in ("summary", "body")}
        tx.execute(update(proposal_text).where(this).values(content=content | {"title": _dashes(content["title"])}))


def erase_comment(tx: Transaction, comment_id: UUID) -> None:
    its = comment.c.id == comment_id
    body = tx.execute(select(comment.c.body).where(its)).scalar_one()
    tx.execute(update(comment).where(its).values(body=_dashes(body)))


def _dashes(text: Mapping[str, Any]) -> dict[str, str]:
    return dict.fromkeys(text, DASH)

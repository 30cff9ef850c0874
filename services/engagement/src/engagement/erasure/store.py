"""Where the words of proposals, former texts and comments stand."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from chassis.database import Transaction
from engagement.tables import comment, picture_file, proposal, proposal_text, title_sketch

DASH = "\N{EN DASH}"
_SAID = ("title", "summary", "body", "category", "tags", "place", "cost", "pictures")
_NOTHING: dict[str, Any] = dict.fromkeys(("summary", "body", "place", "cost", "pictures")) | {"tags": []}

OF_PROPOSALS = select(proposal.c.id, *(proposal.c[name] for name in _SAID))
OF_COMMENTS = select(comment.c.id, comment.c.body, comment.c.position)


def erase_proposal(tx: Transaction, proposal_id: UUID) -> None:
    """Its former texts, its pictures and the name chosen for it too."""
    its = proposal.c.id == proposal_id
    title = tx.execute(select(proposal.c.title).where(its)).scalar_one()
    tx.execute(update(proposal).where(its).values(title=_dashes(title), search="", pseudonym=None, **_NOTHING))
    tx.execute(delete(picture_file).where(picture_file.c.proposal_id == proposal_id))
    tx.execute(delete(title_sketch).where(title_sketch.c.proposal_id == proposal_id))
    former = select(proposal_text).where(proposal_text.c.proposal_id == proposal_id)
    for row in tx.execute(former).mappings().all():
        this = (proposal_text.c.proposal_id == proposal_id) & (proposal_text.c.number == row["number"])
        content = row["content"] | {name: _NOTHING[name] for name in row["content"] if name in _NOTHING}
        tx.execute(update(proposal_text).where(this).values(content=content | {"title": _dashes(content["title"])}))


def erase_comment(tx: Transaction, comment_id: UUID) -> None:
    """Its first text too."""
    its = comment.c.id == comment_id
    body = tx.execute(select(comment.c.body).where(its)).scalar_one()
    tx.execute(update(comment).where(its).values(body=_dashes(body), original=None))


def _dashes(text: Mapping[str, Any]) -> dict[str, str]:
    return dict.fromkeys(text, DASH)

"""What exports show of comments."""

from sqlalchemy import select

from engagement.contributions import Status
from engagement.processes.tools import Dataset, Field, column
from engagement.proposals.data import reference
from engagement.tables import comment, process, proposal

COMMENTS = Dataset(
    "comments",
    "Comments on proposals",
    rows=select(comment, proposal.c.number, process.c.slug)
    .join(proposal, proposal.c.id == comment.c.proposal_id)
    .join(process, process.c.id == comment.c.process_id),
    process_id=comment.c.process_id,
    key=comment.c.id,
    shown=comment.c.status == Status.COUNTED,
    fields=(
        column("id", "Identifier"),
        Field("proposal", "Reference of the proposal", reference),
        column("parent_id", "The comment that it answers"),
        column("at", "When it was posted (UTC)"),
        column("body", "Text"),
        column("position", "in_favour, neutral or against; comments that begin a thread may take one"),
        Field("author", "Pseudonym of the author within this process", lambda row: row["actor_key"], pseudonym=True),
        column("channel", "Where it came in"),
        column("ladder_step", "How sure it is who wrote it"),
        column("state", "visible or hidden", public=False),
        column("status", "How it counts", public=False),
        column("hidden_reason", "Why a moderator hid it", public=False),
    ),
)

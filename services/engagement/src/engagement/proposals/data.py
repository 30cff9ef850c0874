"""What exports show of proposals and the support for them."""

from sqlalchemy import RowMapping, func, select

from engagement.contributions import Status
from engagement.processes.tools import Dataset, Field, column
from engagement.tables import decision, endorsement, process, proposal, proposal_counts


def reference(row: RowMapping) -> str | None:
    """The number that letters and exports name, for example `GRACIA-2016-00042`; None for a draft."""
    return f"{row['slug'].upper()}-{row['number']:05}" if row["number"] else None


_COUNTS = ("endorsements", "comments", "in_favour", "neutral", "against")
PROPOSALS = Dataset(
    "proposals",
    "Proposals with what became of them",
    rows=select(
        proposal,
        process.c.slug,
        *(func.coalesce(proposal_counts.c[name], 0).label(name) for name in _COUNTS),
        decision.c.outcome,
        decision.c.reason_code,
        decision.c.reason,
        decision.c.published_at.label("answered_at"),
    )
    .join(process, process.c.id == proposal.c.process_id)
    .join(proposal_counts, proposal_counts.c.proposal_id == proposal.c.id, isouter=True)
    .join(decision, (decision.c.proposal_id == proposal.c.id) & decision.c.published_at.is_not(None), isouter=True),
    process_id=proposal.c.process_id,
    key=proposal.c.id,
    shown=proposal.c.status == Status.COUNTED,
    fields=(
        column("id", "Identifier, also in the page's address"),
        Field("reference", "Number in letters and exports", reference),
        column("published_at", "When it became public (UTC)"),
        column("title", "Title"),
        column("summary", "Summary"),
        column("body", "Text"),
        column("category", "Code of the category"),
        column("tags", "Tags"),
        Field("author", "Pseudonym of the author within this process", lambda row: row["actor_key"], pseudonym=True),
        column("channel", "Where it came in: web, sms, paper, meeting, phone, import"),
        column("meeting", "At which meeting"),
        column("ladder_step", "How sure it is who wrote it: 0 open, 1 e-mail, 2 SMS, 3 registered, 4 verified"),
        *(
            column(name, meaning)
            for name, meaning in zip(
                _COUNTS,
                (
                    "Support that counts",
                    "Comments that count",
                    "Comments in favour",
                    "Neutral comments",
                    "Comments against",
                ),
                strict=True,
            )
        ),
        column("outcome", "Published decision"),
        column("reason_code", "Code of its reason"),
        column("reason", "Reason in words"),
        column("answered_at", "When the decision was published (UTC)"),
        column("state", "draft, published, withdrawn or hidden", public=False),
        column("status", "How it counts", public=False),
        column("verification", "pending, valid or invalid", public=False),
        column("hidden_reason", "Why a moderator hid it", public=False),
    ),
)
ENDORSEMENTS = Dataset(
    "endorsements",
    "Support for proposals, one row for each supporter",
    rows=select(endorsement, proposal.c.number, proposal.c.process_id, process.c.slug)
    .join(proposal, proposal.c.id == endorsement.c.proposal_id)
    .join(process, process.c.id == proposal.c.process_id),
    process_id=proposal.c.process_id,
    key=endorsement.c.id,
    shown=endorsement.c.status == Status.COUNTED,
    fields=(
        column("id", "Identifier"),
        Field("proposal", "Reference of the proposal", reference),
        column("at", "When it was given (UTC)"),
        Field("supporter", "Pseudonym within this process", lambda row: row["actor_key"], pseudonym=True),
        column("channel", "Where it came in"),
        column("ladder_step", "How sure it is who gave it"),
        column("status", "How it counts", public=False),
    ),
)

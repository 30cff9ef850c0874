"""Every query about proposals, endorsements and what is shown beside them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, RowMapping, Select, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.contributions import Channel, Status
from engagement.counts.model import ProposalCounts
from engagement.participants.model import Participant
from engagement.participants.store import ME, MINE, mine, opened
from engagement.proposals.content import Content, Cost, Display, Picture, Place
from engagement.proposals.model import Decision, Endorsement, Proposal, Shown, State, Verification
from engagement.rules.model import Rules
from engagement.rules.store import settings
from engagement.similarity import store as similarity
from engagement.tables import (
    comment,
    decision,
    endorsement,
    numbering,
    participant,
    picture_file,
    process,
    proposal,
    proposal_counts,
    proposal_rules,
)

_PROPOSAL = select(proposal)
_INSERT = insert(proposal)
AUTHOR = participant.alias("author")
_SUBJECT = bindparam("subject", type_=participant.c.subject.type)  # whose view it is; None is the public's
_TAKES_PART = (ME.c.process_id == proposal.c.process_id) & (ME.c.subject == _SUBJECT)
_FOR = (
    select(
        proposal,
        *MINE,
        AUTHOR.c.recipient.label("author_recipient"),
        proposal_rules.c.settings.label("rules"),
        proposal_rules.c.version.label("rules_version"),
    )
    .join(ME, _TAKES_PART, isouter=True)
    .join(AUTHOR, AUTHOR.c.id == proposal.c.participant_id, isouter=True)
    .join(proposal_rules, proposal_rules.c.process_id == proposal.c.process_id, isouter=True)
    .where(proposal.c.id == bindparam("proposal_id"))
)
_ENDORSED = exists().where(
    _TAKES_PART,
    endorsement.c.participant_id == ME.c.id,
    endorsement.c.proposal_id == proposal.c.id,
    endorsement.c.status == Status.COUNTED,
)
_WORDS = ("title", "summary", "body", "category")
_MADE = (*_WORDS, "tags", "search", "place", "cost", "pictures", "pseudonym")  # columns that are no field by themselves
_PSEUDONYM = "proposal.pseudonym"
_COUNTS = ("endorsements", "comments", "in_favour", "neutral", "against", "without_position")
SHOWN = (
    select(
        proposal,
        *(func.coalesce(proposal_counts.c[name], 0).label(f"count_{name}") for name in _COUNTS),
        decision.c.outcome,
        decision.c.reason_code,
        decision.c.reason,
        decision.c.decided_at,
        decision.c.published_at.label("decision_published_at"),
        process.c.slug,
        AUTHOR.c.display_name.label("author_name"),
        AUTHOR.c.subject.label("author_subject"),
        _ENDORSED.correlate(proposal).label("endorsed"),
    )
    .join(process, process.c.id == proposal.c.process_id)
    .join(AUTHOR, AUTHOR.c.id == proposal.c.participant_id, isouter=True)
    .join(proposal_counts, proposal_counts.c.proposal_id == proposal.c.id, isouter=True)
    .join(decision, decision.c.proposal_id == proposal.c.id, isouter=True)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal, the caller's part in its process, where its author's notices go, and the rules."""

    proposal: Proposal
    participant: Participant | None
    recipient: str | None
    rules: Rules


def _once(row: sqlite.Insert | postgresql.Insert) -> Executable:
    """One support an actor; the one that was taken back is given again under a new id."""
    given = {"id": row.excluded.id, "status": row.excluded.status, "at": row.excluded.at}
    key, withdrawn = ["proposal_id", "actor_key"], endorsement.c.status == Status.WITHDRAWN
    once = row.on_conflict_do_update(index_elements=key, set_=given, where=withdrawn)
    return once.returning(endorsement.c.id)


_ENDORSE_SQLITE, _ENDORSE_POSTGRESQL = _once(sqlite.insert(endorsement)), _once(postgresql.insert(endorsement))


LEDGER = select(
    *(proposal.c[name] for name in ("id", "process_id", "participant_id", "actor_key", "channel", "ladder_step")),
    proposal.c.status,
    func.coalesce(proposal.c.published_at, proposal.c.created_at).label("at"),
)
LEDGER_OF_SUPPORT = select(
    endorsement.c.id,
    proposal.c.process_id,
    *(endorsement.c[name] for name in ("participant_id", "actor_key", "channel", "ladder_step", "status", "at")),
).join_from(endorsement, proposal, proposal.c.id == endorsement.c.proposal_id)
TEXT = select(proposal.c.id, proposal.c.title.label("text"))


def in_sight(tx: Transaction, proposal_id: UUID) -> UUID:
    """The process of a proposal that everybody sees. Raises NotFound."""
    its = (proposal.c.id == proposal_id) & (proposal.c.state == State.PUBLISHED)
    found: UUID | None = tx.execute(select(proposal.c.process_id).where(its)).scalar()
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


def find(tx: Transaction, proposal_id: UUID) -> Proposal:
    """Raises NotFound."""
    row = tx.execute(_PROPOSAL.where(proposal.c.id == proposal_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such proposal.")
    return _proposal(row)


def process_of(tx: Transaction, proposal_id: UUID) -> UUID:
    """The process that a proposal belongs to, for who locks that first. Raises NotFound."""
    found: UUID | None = tx.execute(select(proposal.c.process_id).where(proposal.c.id == proposal_id)).scalar()
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


def find_for(tx: Transaction, proposal_id: UUID, subject: str | None, sealer: Sealer) -> Found:
    """Raises NotFound."""
    row = tx.execute(_FOR, {"proposal_id": proposal_id, "subject": subject}).mappings().first()
    if row is None:
        raise NotFound("There is no such proposal.")
    kept = {"version": row["rules_version"]} | settings(row["rules"]) if row["rules"] else {}
    return Found(_proposal(row), mine(row, sealer), row["author_recipient"], Rules(row["process_id"], **kept))


def hold(tx: Transaction, proposal_id: UUID) -> None:
    """Nobody changes, supports or discusses it until the transaction ends."""
    tx.execute(select(proposal.c.id).where(proposal.c.id == proposal_id).with_for_update())


def is_met(tx: Transaction, proposal_id: UUID) -> bool:
    """Whether anybody has supported or discussed it, whatever became of that."""
    supported = exists().where(endorsement.c.proposal_id == proposal_id)
    return bool(tx.execute(select(supported | exists().where(comment.c.proposal_id == proposal_id))).scalar())


def find_shown(tx: Transaction, proposal_id: UUID, subject: str | None, sealer: Sealer) -> Shown:
    """As the person sees it. Raises NotFound."""
    found = show(tx, SHOWN.where(proposal.c.id == proposal_id), subject, sealer)
    if not found:
        raise NotFound("There is no such proposal.")
    return found[0]


def show(tx: Transaction, query: Select[Any], subject: str | None, sealer: Sealer) -> list[Shown]:
    """The rows of SHOWN, narrowed and ordered, as the person sees them: one statement however many."""
    return [_shown(row, subject, sealer) for row in tx.execute(query, {"subject": subject}).mappings()]


def add(tx: Transaction, added: Proposal, sealer: Sealer | None = None) -> None:
    """A new proposal, draft or submitted; `sealer` is for one under a pseudonym."""
    tx.execute(_INSERT, _row(added) | _pseudonym(added, sealer))
    if added.state is not State.DRAFT:
        similarity.note(tx, added.process_id, added.id, added.content.title.values())


def save(tx: Transaction, changed: Proposal, sealer: Sealer | None = None) -> None:
    """Over the version before; the pseudonym only with a `sealer`. Raises Stale."""
    before = (proposal.c.id == changed.id) & (proposal.c.version == changed.version - 1)
    tx.change_one(update(proposal).where(before).values(_row(changed) | _pseudonym(changed, sealer)))


def save_published(tx: Transaction, changed: Proposal, sealer: Sealer) -> None:
    """A draft that is public from now on, over the version before. Raises Stale."""
    save(tx, changed, sealer)
    similarity.note(tx, changed.process_id, changed.id, changed.content.title.values())


def discard(tx: Transaction, proposal_id: UUID) -> None:
    """A draft with its pictures, for ever."""
    tx.execute(delete(picture_file).where(picture_file.c.proposal_id == proposal_id))
    tx.execute(delete(proposal).where(proposal.c.id == proposal_id, proposal.c.state == State.DRAFT))


def supported_since(tx: Transaction, participant_id: UUID, since: datetime) -> int:
    """How many proposals a person supports since then; her other supports wait until the transaction ends."""
    tx.execute(select(participant.c.id).where(participant.c.id == participant_id).with_for_update(key_share=True))
    its = (endorsement.c.participant_id == participant_id) & (endorsement.c.at >= since)
    query = select(func.count()).where(its, endorsement.c.status == Status.COUNTED)
    return int(tx.execute(query).scalar_one())


def next_number(tx: Transaction, process_id: UUID) -> int:
    """The process's next reference number; writers of one process wait for each other here, briefly."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    first = dialect.insert(numbering).values(process_id=process_id, last=1)
    counted = first.on_conflict_do_update(index_elements=["process_id"], set_={"last": numbering.c.last + 1})
    return int(tx.execute(counted.returning(numbering.c.last)).scalar_one())


def add_endorsement(tx: Transaction, added: Endorsement) -> bool:
    """False when the actor supports the proposal already: the unique index has the last word, nobody checks first."""
    once = _ENDORSE_SQLITE if tx.database.is_sqlite else _ENDORSE_POSTGRESQL
    row = {column.name: getattr(added, column.name) for column in endorsement.columns}
    return tx.execute(once, row).first() is not None


def withdraw_endorsement(tx: Transaction, proposal_id: UUID, actor_key: str) -> UUID | None:
    """The endorsement that counted until now; None when there was none."""
    its = (endorsement.c.proposal_id == proposal_id) & (endorsement.c.actor_key == actor_key)
    counted = its & (endorsement.c.status == Status.COUNTED)
    taken_back = update(endorsement).where(counted).values(status=Status.WITHDRAWN).returning(endorsement.c.id)
    withdrawn: UUID | None = tx.execute(taken_back).scalar()
    return withdrawn


def _shown(row: RowMapping, subject: str | None, sealer: Sealer) -> Shown:
    return Shown(
        proposal=_proposal(row),
        slug=row["slug"],
        author=_author(row, sealer),
        mine=subject is not None and subject == row["author_subject"],
        endorsed=row["endorsed"],
        counts=ProposalCounts(**{name: row[f"count_{name}"] for name in _COUNTS}),
        decision=_decision(row),
    )


def _author(row: RowMapping, sealer: Sealer) -> str | None:
    """The name that the author chose to be known by here; None where she chose none."""
    if row["display"] == Display.NAME:
        return opened(row["author_name"], sealer)
    return sealer.open(row["pseudonym"], _PSEUDONYM) if row["pseudonym"] is not None else None


def _decision(row: RowMapping) -> Decision | None:
    if row["outcome"] is None:
        return None
    return Decision(
        row["id"], row["outcome"], row["reason_code"], row["reason"], row["decided_at"], row["decision_published_at"]
    )


def _row(of: Proposal) -> dict[str, Any]:
    row = {column.name: getattr(of, column.name) for column in proposal.columns if column.name not in _MADE}
    content = of.content
    place, cost = content.place, content.cost
    return (
        row
        | {name: getattr(content, name) for name in _WORDS}
        | {
            "tags": list(content.tags),
            "search": content.searchable(),
            "place": asdict(place) if place else None,
            "cost": asdict(cost) if cost else None,
            "pictures": [asdict(each) | {"id": str(each.id)} for each in of.pictures] or None,
        }
    )


def _pseudonym(of: Proposal, sealer: Sealer | None) -> dict[str, bytes | None]:
    if sealer is None:
        return {}
    return {"pseudonym": sealer.seal(of.pseudonym, _PSEUDONYM) if of.pseudonym is not None else None}


def _proposal(row: RowMapping) -> Proposal:
    own = {column.name: row[column.name] for column in proposal.columns if column.name not in _MADE}
    content = Content(
        **{name: row[name] for name in _WORDS},
        tags=tuple(row["tags"]),
        place=Place(**row["place"]) if row["place"] else None,
        cost=Cost(**row["cost"]) if row["cost"] else None,
    )
    states = {
        "channel": Channel(row["channel"]),
        "state": State(row["state"]),
        "status": Status(row["status"]),
        "verification": Verification(row["verification"]),
        "display": Display(row["display"]),
        "pictures": tuple(Picture(**each | {"id": UUID(each["id"])}) for each in row["pictures"] or ()),
    }
    return Proposal(**own | states, content=content)

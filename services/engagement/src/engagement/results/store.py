"""Every query about results: one statement a definition, each over the rows themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, case, func, select, union
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from engagement.contributions import Status
from engagement.evaluation.model import Outcome, ReasonCode
from engagement.participants.model import State as ParticipantState
from engagement.results.model import Figures
from engagement.tables import comment, decision, endorsement, import_exception, notice, participant, process, proposal

_NUMBER = func.count().label("number")


def figures(tx: Transaction, process_id: UUID) -> Figures:
    """All of them, in one consistent state."""
    channels, positions, outcomes = (each(tx, process_id) for each in (by_channel, by_position, by_outcome))
    return Figures(
        proposals=sum(channels.values()),
        proposals_by_channel=channels,
        comments=sum(positions.values()),
        positions=positions,
        endorsements=endorsements(tx, process_id),
        contributors=contributors(tx, process_id),
        participants=participants(tx, process_id),
        decisions=outcomes,
        answered=sum(outcomes.values()),
        with_reason=with_reason(tx, process_id),
        notices=notices(tx, process_id),
        exceptions=exceptions(tx, process_id),
    )


def by_channel(tx: Transaction, process_id: UUID) -> dict[str, int]:
    """Proposals that count, by where they came in."""
    return _groups(tx, select(proposal.c.channel.label("name"), _NUMBER).where(_counts(proposal, process_id)))


def by_position(tx: Transaction, process_id: UUID) -> dict[str, int]:
    """Comments that count, by their position; `none` for answers and roots without one."""
    position = case((comment.c.position.is_(None), "none"), else_=comment.c.position)
    return _groups(tx, select(position.label("name"), _NUMBER).where(_counts(comment, process_id)))


def by_outcome(tx: Transaction, process_id: UUID) -> dict[str, int]:
    """Published decisions on proposals that count, by outcome."""
    return _groups(tx, _answers(select(decision.c.outcome.label("name"), _NUMBER), process_id))


def with_reason(tx: Transaction, process_id: UUID) -> int:
    """Published rejections whose reason was recorded."""
    reasoned = (decision.c.outcome == Outcome.REJECTED) & (decision.c.reason_code != ReasonCode.NOT_RECORDED)
    return _number(tx, _answers(select(_NUMBER), process_id).where(reasoned))


def endorsements(tx: Transaction, process_id: UUID) -> int:
    """Support that was not taken back."""
    joined = select(_NUMBER).select_from(endorsement).join(proposal, proposal.c.id == endorsement.c.proposal_id)
    return _number(tx, joined.where(proposal.c.process_id == process_id, endorsement.c.status == Status.COUNTED))


def contributors(tx: Transaction, process_id: UUID) -> int:
    """Distinct participants with at least one proposal or comment that counts."""
    own = [
        select(each.c.participant_id).where(_counts(each, process_id), each.c.participant_id.is_not(None))
        for each in (proposal, comment)
    ]
    return _number(tx, select(_NUMBER).select_from(union(*own).subquery()))


def participants(tx: Transaction, process_id: UUID) -> int:
    """People who joined and did not withdraw."""
    stands = participant.c.state != ParticipantState.WITHDRAWN
    return _number(tx, select(_NUMBER).select_from(participant).where(participant.c.process_id == process_id, stands))


def notices(tx: Transaction, process_id: UUID) -> int:
    """Closing notices that messaging delivered."""
    return _number(tx, select(_NUMBER).select_from(notice).where(notice.c.process_id == process_id))


def exceptions(tx: Transaction, process_id: UUID) -> int:
    """Imported contributions that break a limit, each once however many it breaks."""
    distinct = func.count(import_exception.c.contribution_id.distinct())
    return _number(tx, select(distinct).where(import_exception.c.process_id == process_id))


def add_notice(tx: Transaction, message_id: str, process_id: UUID, at: datetime) -> None:
    """A closing notice arrived; a second time, or for a process that is not ours, nothing changes."""
    if tx.execute(select(process.c.id).where(process.c.id == process_id)).first() is None:
        return
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(notice).on_conflict_do_nothing(index_elements=["message_id"])
    tx.execute(once, {"message_id": message_id, "process_id": process_id, "at": at})


def _counts(table: Table, process_id: UUID) -> Any:  # Any: a condition, whose type SQLAlchemy leaves open for columns
    return (table.c.process_id == process_id) & (table.c.status == Status.COUNTED)


def _answers(query: Select[Any], process_id: UUID) -> Select[Any]:
    joined = query.select_from(decision).join(proposal, proposal.c.id == decision.c.proposal_id)
    return joined.where(_counts(proposal, process_id), decision.c.published_at.is_not(None))


def _groups(tx: Transaction, query: Select[Any]) -> dict[str, int]:
    """Of a query for `name` and `number`."""
    return {row.name: row.number for row in tx.execute(query.group_by("name"))}


def _number(tx: Transaction, query: Select[Any]) -> int:
    return int(tx.execute(query).scalar_one())

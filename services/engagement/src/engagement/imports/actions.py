"""The stories of an import."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.comments import actions as comments
from engagement.comments.model import COMMENT, Comment, Remark
from engagement.comments.policy import may_be_discussed
from engagement.contributions import Channel
from engagement.imports import policy, store
from engagement.imports.model import DraftImported, ImportException, UnknownParticipant, exceptions
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.processes import store as processes
from engagement.processes.model import Process
from engagement.proposals import actions as proposals
from engagement.proposals.model import PROPOSAL, Proposal, Submission
from engagement.receipts.model import Leaf

C = TypeVar("C", Proposal, Comment)


@dataclass(frozen=True, slots=True)
class Imported(Generic[C]):
    """A contribution as it was kept; `author` is None for an office's."""

    contribution: C
    author: Participant | None
    receipt: Leaf
    exceptions: list[ImportException]


def import_proposal(
    tx: Transaction,
    process_id: UUID,
    wanted: Submission,
    participant_id: UUID | None,
    *,
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> Imported[Proposal]:
    """Publish a proposal of another system. Raises NotFound, NotAnOfficial, PhaseClosed, UnknownParticipant,
    DraftImported."""
    process = processes.find(tx, process_id)
    policy.may_import(by, process, PROPOSAL, at).require()
    if wanted.draft:
        raise DraftImported("An import is public at once.", [("/content/draft", "is not imported")])
    author = _author(tx, process, participant_id, sealer)
    channel = Channel.IMPORT if wanted.channel is Channel.WEB else wanted.channel
    draft = proposals.written(process, replace(wanted, channel=channel), wanted.content, author=author, by=by, at=at)
    proposal, receipt = proposals.publish(tx, draft, at)
    excesses = wanted.content.excesses(process.limits, process.categories)
    kept = exceptions(process.id, PROPOSAL, proposal.id, excesses, at)
    store.add(tx, kept)
    audit.record(tx, process.id, "proposal imported", proposal.id, by=by, at=at)
    return Imported(proposal, author, receipt, kept)


def import_comment(
    tx: Transaction,
    process_id: UUID,
    proposal_id: UUID,
    remark: Remark,
    participant_id: UUID | None,
    *,
    by: Actor,
    at: datetime,
    sealer: Sealer,
) -> Imported[Comment]:
    """Post a comment of another system. Raises NotFound, NotAnOfficial, PhaseClosed, ProposalClosed,
    UnknownParticipant, CommentClosed, PositionOnReply."""
    process = processes.find(tx, process_id)
    policy.may_import(by, process, COMMENT, at).require()
    proposal, _ = proposals.visible(tx, proposal_id, by=by, sealer=sealer)
    if proposal.process_id != process.id:
        raise NotFound("There is no such proposal in this process.")
    may_be_discussed(proposal).require()
    author = _author(tx, process, participant_id, sealer)
    parent = comments.answered(tx, proposal, remark)
    comment = comments.written(proposal, remark, parent, author=author, channel=Channel.IMPORT, by=by, at=at)
    receipt = comments.add(tx, proposal, parent, comment)
    kept = exceptions(process.id, COMMENT, comment.id, comment.excesses(process.limits), at)
    store.add(tx, kept)
    audit.record(tx, process.id, "comment imported", comment.id, by=by, at=at)
    return Imported(comment, author, receipt, kept)


def _author(tx: Transaction, process: Process, participant_id: UUID | None, sealer: Sealer) -> Participant | None:
    """None for what an office or a meeting brought. Raises UnknownParticipant."""
    if participant_id is None:
        return None
    found = participants.of_id(tx, participant_id, sealer)
    if found is None or found.process_id != process.id:
        raise UnknownParticipant("Nobody of this id takes part here.", [("/participantId", "is not of this process")])
    return found

"""The stories of an annotation: give it, answer it, hide it, restore it."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.annotations import events, policy, store
from engagement.annotations.model import ANNOTATION, Anchor, Annotation, Outcome, QuoteNotFound, Remark, Shown
from engagement.annotations.quotes import Quote
from engagement.contributions import Channel
from engagement.documents import actions as documents
from engagement.documents import store as texts
from engagement.documents.model import Document, Version
from engagement.participants import store as participants
from engagement.participants.model import REGISTERED, Participant
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import Text
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf


def annotate(
    tx: Transaction, version_id: UUID, remark: Remark, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Shown, Leaf, str | None]:
    """Someone's annotation, its receipt and her display name. Holds the document, so that no publication passes it.
    Raises NotFound, NotAParticipant, ChannelNotYours, PhaseClosed, VersionSuperseded, QuoteNotFound, WordingMissing,
    OutsideLimits."""
    remark = remark.whole()
    texts.find_held(tx, texts.version(tx, version_id).document_id)
    document, version, process = documents.read(tx, version_id, by=by)
    me = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_annotate(by, me, process, remark.channel, at).require()
    policy.may_be_annotated(document, version).require()
    author = None if by.is_official else me
    annotation, number = _made(tx, document, version, remark, author=author, by=by, at=at)
    place = Anchor(
        annotation.id, version.id, Outcome.PLACED, annotation.block_id, annotation.start, annotation.end, 1.0
    )
    receipt = _add(tx, annotation.within(process.limits), place, recipient=None)
    return Shown(annotation, place, number), receipt, author.display_name if author else None


def reply(
    tx: Transaction, root_id: UUID, body: Text, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Annotation, Leaf, str | None]:
    """A participant's answer, its receipt and her display name. Raises NotFound, NotAParticipant, PhaseClosed,
    AnnotationClosed, OutsideLimits."""
    root = found_root(tx, root_id)
    process = visible_process(tx, root.process_id, by=by)
    me = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_reply(me, process, root, at).require()
    assert me is not None  # noqa: S101 - may_reply has just said so
    answer = _answer(root, body, me, by=by, at=at).within(process.limits)
    told = {root.participant_id} - {me.id}
    recipient = participants.recipients(tx, told).get(root.participant_id)
    return answer, _add(tx, answer, None, recipient=recipient), me.display_name


def found_root(tx: Transaction, annotation_id: UUID) -> Annotation:
    """Raises NotFound, also for an answer."""
    found = store.find(tx, annotation_id)
    if found.parent_id is not None:
        raise NotFound("There is no such annotation.")
    return found


def hide(tx: Transaction, annotation_id: UUID, reason: str, *, by: Actor, at: datetime) -> Annotation:
    """Raises NotFound, AnnotationClosed, Stale."""
    before = store.find(tx, annotation_id)
    annotation = before.hidden(reason)
    store.save(tx, before, annotation)
    outbox.put(tx, events.hidden(annotation, at))
    return annotation


def restore(tx: Transaction, annotation_id: UUID, *, by: Actor, at: datetime) -> Annotation:
    """Raises NotFound, AnnotationClosed, Stale."""
    before = store.find(tx, annotation_id)
    annotation = before.restored()
    store.save(tx, before, annotation)
    outbox.put(tx, events.restored(annotation, at))
    return annotation


def _made(
    tx: Transaction,
    document: Document,
    version: Version,
    remark: Remark,
    *,
    author: Participant | None,
    by: Actor,
    at: datetime,
) -> tuple[Annotation, str | None]:
    """The annotation with the number of its block. Raises QuoteNotFound."""
    block, span = None, None
    if remark.target is not None:
        block = texts.some_blocks(tx, version.id, [remark.target.block_id]).get(remark.target.block_id)
        if block is None:
            raise QuoteNotFound("This version has no such block.", [("/target/blockId", "is no block of it")])
        span = remark.target.span(block)
    quote = Quote.of(block.text, span.start, span.end) if block and span else None
    annotation = Annotation(
        id=ids.new(),
        process_id=document.process_id,
        document_id=document.id,
        version_id=version.id,
        participant_id=author.id if author else None,
        entered_by=by.subject or "",
        actor_key=author.actor_key if author else f"office:{by.subject}",
        parent_id=None,
        purpose=remark.purpose,
        body=remark.body,
        block_id=block.id if block else None,
        start=span.start if span else None,
        end=span.end if span else None,
        exact=quote.exact if quote else block.text if block else None,
        prefix=quote.prefix if quote else None,
        suffix=quote.suffix if quote else None,
        proposed=remark.proposed,
        channel=remark.channel,
        at=at,
        ladder_step=author.ladder_step if author else REGISTERED,
    )
    return annotation, block.piece.number if block else None


def _answer(root: Annotation, body: Text, author: Participant, *, by: Actor, at: datetime) -> Annotation:
    return Annotation(
        id=ids.new(),
        process_id=root.process_id,
        document_id=root.document_id,
        version_id=root.version_id,
        participant_id=author.id,
        entered_by=by.subject or "",
        actor_key=author.actor_key,
        parent_id=root.id,
        purpose=None,
        body=body,
        block_id=None,
        start=None,
        end=None,
        exact=None,
        prefix=None,
        suffix=None,
        proposed=None,
        channel=Channel.WEB,
        at=at,
        ladder_step=author.ladder_step,
    )


def _add(tx: Transaction, annotation: Annotation, place: Anchor | None, *, recipient: str | None) -> Leaf:
    """Store it with its receipt, and tell it."""
    store.add(tx, annotation, place)
    where = [str(annotation.version_id), str(annotation.block_id), annotation.start, annotation.end]
    said = [annotation.body, annotation.purpose, annotation.proposed, str(annotation.parent_id), *where]
    receipt = leaf(annotation.process_id, ANNOTATION, annotation.id, annotation.channel, said, annotation.at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.posted(annotation, recipient))
    return receipt

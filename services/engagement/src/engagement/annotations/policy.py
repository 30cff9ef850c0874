"""Who may annotate, and who may read what is hidden or not yet public."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.annotations.model import ANNOTATION, Annotation, AnnotationClosed, Disposition, State, VersionSuperseded
from engagement.contributions import Channel
from engagement.documents.model import Document, Version
from engagement.documents.model import State as VersionState
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process, Role
from engagement.processes.policy import in_time, may_act
from engagement.proposals.policy import ChannelNotYours


def may_annotate(
    actor: Actor, participant: Participant | None, process: Process, channel: Channel, at: datetime
) -> Verdict:
    """A participant by the web; an official for a meeting, paper or telephone. Both while a phase takes annotations."""
    if (channel is Channel.WEB) is actor.is_official:
        return refused(ChannelNotYours("This channel is not yours to speak on."))
    verdict = may_act(actor, process, Role.DATA_ENTRY) if actor.is_official else takes_part(participant)
    return verdict and in_time(process, ANNOTATION, at)


def may_be_annotated(document: Document, version: Version) -> Verdict:
    """The newest published version takes annotations."""
    if version.state is VersionState.PUBLISHED and version.number == document.published:
        return ALLOWED
    return refused(VersionSuperseded("Annotations are given on the newest published version."))


def may_reply(participant: Participant | None, process: Process, root: Annotation, at: datetime) -> Verdict:
    """A participant, to what everybody sees, while a phase takes annotations."""
    if root.state is State.HIDDEN:
        return refused(AnnotationClosed("A hidden annotation is not answered."))
    return takes_part(participant) and in_time(process, ANNOTATION, at)


def may_read(actor: Actor, participant: Participant | None, annotation: Annotation) -> bool:
    """What is hidden is read by staff and its author; the rest is public."""
    own = participant is not None and participant.id == annotation.participant_id
    return annotation.state is State.VISIBLE or own or actor.is_staff


def may_know(actor: Actor, disposition: Disposition) -> bool:
    """What became of an annotation is for staff until it is published."""
    return actor.is_staff or disposition.published_at is not None

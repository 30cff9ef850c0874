"""The stories of a picture: add it, describe it, take it out."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.pictures import store
from engagement.pictures.model import MOST, Encoded, PicturesFull
from engagement.processes.model import Text
from engagement.proposals import actions as proposals
from engagement.proposals import policy
from engagement.proposals import store as proposal_store
from engagement.proposals.content import Picture
from engagement.proposals.model import Proposal, State


def add(
    tx: Transaction, proposal_id: UUID, alt: Text, encoded: Encoded, *, by: Actor, at: datetime, sealer: Sealer
) -> Picture:
    """The last of the proposal's pictures from now on. Raises NotFound, NotYourText, AlreadySubmitted, ProposalClosed,
    PicturesFull."""
    own = _own(tx, proposal_id, by=by, at=at, sealer=sealer)
    if len(own.pictures) >= MOST:
        raise PicturesFull(f"A proposal shows at most {MOST} pictures.")
    picture = Picture(ids.new(), alt, encoded.width, encoded.height)
    store.add(tx, own.id, picture.id, encoded, at)
    proposal_store.save(tx, own.showing((*own.pictures, picture)))
    return picture


def describe(tx: Transaction, proposal_id: UUID, picture_id: UUID, alt: Text, *, by: Actor, sealer: Sealer) -> Picture:
    """Other words for it; better ones are welcome at any time. Raises NotFound, NotYourText, Stale."""
    met = proposals.met(tx, proposal_id, by=by, sealer=sealer)
    policy.is_author(by, met.participant, met.proposal).require()
    described = replace(_shown(met.proposal, picture_id), alt=alt)
    pictures = tuple(described if each.id == picture_id else each for each in met.proposal.pictures)
    proposal_store.save(tx, met.proposal.showing(pictures))
    return described


def remove(tx: Transaction, proposal_id: UUID, picture_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """Its files are deleted. Raises NotFound, NotYourText, AlreadySubmitted, ProposalClosed."""
    own = _own(tx, proposal_id, by=by, at=at, sealer=sealer)
    _shown(own, picture_id)
    proposal_store.save(tx, own.showing(tuple(each for each in own.pictures if each.id != picture_id)))
    store.remove(tx, picture_id)


def file(tx: Transaction, picture_id: UUID, name: str, *, by: Actor, sealer: Sealer) -> bytes:
    """Raises NotFound, also where the proposal is hidden from the caller or was withdrawn."""
    proposal, participant = proposals.visible(tx, store.proposal_of(tx, picture_id), by=by, sealer=sealer)
    if proposal.state is State.WITHDRAWN and not policy.is_author(by, participant, proposal) and not by.is_staff:
        raise NotFound("There is no such picture.")
    return store.find_file(tx, picture_id, name)


def _own(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> Proposal:
    """The caller's, as long as it can be edited."""
    proposal_store.hold(tx, proposal_id)
    met = proposals.met(tx, proposal_id, by=by, sealer=sealer)
    policy.is_author(by, met.participant, met.proposal).require()
    policy.may_edit(met.proposal, at, met=proposal_store.is_met(tx, proposal_id)).require()
    return met.proposal


def _shown(of: Proposal, picture_id: UUID) -> Picture:
    for each in of.pictures:
        if each.id == picture_id:
            return each
    raise NotFound("This proposal shows no such picture.")

"""Who may see a document and its versions; who may work on it is said of its process."""

from engagement.actors import Actor
from engagement.documents.model import Document, State, Version


def may_see(actor: Actor, document: Document) -> bool:
    """A document without a published version is for staff."""
    return actor.is_staff or document.published > 0


def may_read(actor: Actor, version: Version) -> bool:
    """Drafts are for staff."""
    return actor.is_staff or version.state is State.PUBLISHED

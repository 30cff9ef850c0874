"""A document and its versions: values, states, transitions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Stale
from engagement.documents.text import Blocks, Heading, digest
from engagement.processes.model import Text


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class DraftExists(Conflict):
    """A document has one draft at a time."""


class VersionIsPublished(Conflict):
    """What is published never changes."""


class NothingToPublish(Conflict):
    """The draft has no text, or that of the version before."""


@dataclass(frozen=True, slots=True)
class Document:
    """`published` is the number of the newest published version, 0 before the first. The text is in one `language`: a
    translation is a document of its own, because annotations hold on to words."""

    id: UUID
    process_id: UUID
    title: Text
    language: str
    created_by: str
    created_at: datetime
    published: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """`revision` counts the edits of a draft; `note` says what a published version is about."""

    id: UUID
    document_id: UUID
    number: int
    created_at: datetime
    state: State = State.DRAFT
    revision: int = 1
    note: Text | None = None
    sha256: str | None = None
    published_at: datetime | None = None
    published_by: str | None = None

    def edited(self, revision: int) -> "Version":
        """The draft with one edit more; `revision` is the one that the editor read. Raises VersionIsPublished,
        Stale."""
        if self.state is State.PUBLISHED:
            raise VersionIsPublished("This version is published; begin the next one.")
        if self.revision != revision:
            raise Stale("Someone else edited this draft.")
        return replace(self, revision=self.revision + 1)

    def published_as(
        self, blocks: Blocks, before: str | None, *, note: Text, revision: int, by: str, at: datetime
    ) -> "Version":
        """It never changes again. `before` is the digest of the version before. Raises VersionIsPublished, Stale,
        NothingToPublish."""
        ready = self.edited(revision)
        sha256 = digest(blocks)
        if not blocks or sha256 == before:
            raise NothingToPublish("The draft has no text, or that of the version before.")
        return replace(ready, state=State.PUBLISHED, note=note, sha256=sha256, published_at=at, published_by=by)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list: ids of its newest published version and of its draft, None without one; and how many
    annotations it has."""

    document: Document
    newest: UUID | None
    draft: UUID | None
    annotations: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A version as its page begins. `annotations` have a place in it, `orphans` lost theirs; `anchored` says whether
    all of the versions before were carried over."""

    version: Version
    blocks: int
    annotations: int
    orphans: int
    anchored: bool
    contents: tuple[Heading, ...]

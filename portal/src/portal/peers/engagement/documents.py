"""Texts that are consulted on: documents, versions, blocks, changes."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

FORMATS = ("markdown", "html", "docx", "odt")
BLOCK_KINDS = ("heading", "article", "para", "list_item", "table")
BLOCKS_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    process_id: str
    title: Text
    language: str
    published: int  # number of the newest published version, 0 before the first
    created_at: datetime
    newest: str | None = None
    draft: str | None = None  # for officials
    annotations: int = 0


@dataclass(frozen=True, slots=True)
class DocumentPage:
    items: tuple[Document, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    block_id: str
    place: int
    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    id: str
    document_id: str
    number: int
    state: str  # draft, published
    revision: int
    created_at: datetime
    note: Text | None = None
    sha256: str | None = None
    published_at: datetime | None = None
    blocks: int = 0
    annotations: int = 0
    orphans: int = 0
    anchored: bool = True
    contents: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionPage:
    items: tuple[Version, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    id: str
    place: int
    kind: str
    level: int
    number: str
    text: str
    annotations: int


@dataclass(frozen=True, slots=True)
class BlockPage:
    items: tuple[Block, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    op: str  # equal, delete, insert
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    block_id: str
    change: str  # revised, added, removed
    number: str
    pieces: tuple[Piece, ...]
    annotations_before: int
    annotations_after: int
    place: int | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    items: tuple[BlockChange, ...]
    next: str | None = None


def list_documents(gateway: Gateway, process_id: str, cursor: str | None = None) -> DocumentPage:
    """Newest first."""
    path = f"v1/processes/{process_id}/documents"
    return read(DocumentPage, gateway.get("engagement", path, query={"cursor": cursor}))


def document(gateway: Gateway, document_id: str) -> Document:
    return read(Document, gateway.get("engagement", f"v1/documents/{document_id}"))


def versions(gateway: Gateway, document_id: str, cursor: str | None = None) -> VersionPage:
    """Newest first."""
    return read(
        VersionPage, gateway.get("engagement", f"v1/documents/{document_id}/versions", query={"cursor": cursor})
    )


def version(gateway: Gateway, version_id: str) -> Version:
    return read(Version, gateway.get("engagement", f"v1/document-versions/{version_id}"))


def blocks(gateway: Gateway, version_id: str, first: int = 0, limit: int = BLOCKS_A_PAGE) -> BlockPage:
    """In reading order, from the place `first` on."""
    query = {"first": first, "limit": limit}
    return read(BlockPage, gateway.get("engagement", f"v1/document-versions/{version_id}/blocks", query=query))


def changes(gateway: Gateway, version_id: str, since: str, cursor: str | None = None) -> ChangePage:
    path = f"v1/document-versions/{version_id}/changes"
    return read(ChangePage, gateway.get("engagement", path, query={"since": since, "cursor": cursor}))


def bring_in(
    gateway: Gateway, process_id: str, title: Text, language: str, source: dict[str, str], *, key: str
) -> Document:
    """`source` is `{"format", "content"}`; `key` makes a repeat of the same form harmless."""
    body = {"title": title, "language": language, "source": source}
    path = f"v1/processes/{process_id}/documents"
    return read(Document, gateway.post("engagement", path, body=body, idempotency_key=key))


def begin_version(gateway: Gateway, document_id: str, source: dict[str, str] | None, *, key: str) -> Version:
    """A copy of the newest, or the text that is brought in."""
    body = {"source": source} if source else {}
    path = f"v1/documents/{document_id}/versions"
    return read(Version, gateway.post("engagement", path, body=body, idempotency_key=key))


def edit(gateway: Gateway, version_id: str, revision: int, act: str, **what: object) -> None:
    body = {"act": act, "revision": revision} | {name: value for name, value in what.items() if value is not None}
    gateway.post("engagement", f"v1/document-versions/{version_id}/edits", body=body)


def publish(gateway: Gateway, version_id: str, note: Text, revision: int) -> None:
    body = {"note": note, "revision": revision}
    gateway.post("engagement", f"v1/document-versions/{version_id}/publication", body=body)

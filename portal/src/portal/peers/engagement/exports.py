"""Contributions as files."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.peers.gateway import Download, Gateway
from portal.peers.wire import read

FORMATS = ("csv", "xlsx", "jsonl")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str
    public: bool


@dataclass(frozen=True, slots=True)
class Dataset:
    name: str
    meaning: str
    formats: tuple[str, ...]
    variants: tuple[str, ...]  # public, internal
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class DatasetPage:
    items: tuple[Dataset, ...]


def datasets(gateway: Gateway, process_id: str) -> tuple[Dataset, ...]:
    return read(DatasetPage, gateway.get("engagement", f"v1/processes/{process_id}/datasets")).items


def parts(gateway: Gateway, process_id: str, name: str, file_type: str, variant: str) -> Iterator[Download]:
    """The parts of a file, in order; each is asked for when the one before was taken."""
    cursor: str | None = None
    while True:
        query = {"fileType": file_type, "variant": variant, "cursor": cursor}
        part = gateway.download("engagement", f"v1/processes/{process_id}/datasets/{name}", query=query)
        yield part
        if part.next is None:
            return
        cursor = part.next

"""What the invariants look at, gathered from a mesh at rest or from a copy of its state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.faults.checker import rows, topics
from tests.faults.checker.rows import Row, Tables
from tests.faults.checker.topics import Record

_PLATFORM = {"outbox": "seq", "inbox": "event_id", "job": "id"}
TABLES: dict[str, dict[str, str]] = {
    "identity": _PLATFORM,
    "consent": _PLATFORM
    | {
        "consent_record": "id",
        "revision": "schema_name, object_id, number",
        "journal": "number",
        "journal_head": "id",
    },
    "registry": _PLATFORM
    | {"entry": "id", "entry_version": "entry_id, version", "access_log": "number", "log_head": "id"},
    "messaging": _PLATFORM | {"message": "seq", "caught": "at, id"},
    "scheduler": _PLATFORM | {"slot": "id", "alert": "id", "fire": "fired_at"},
    "workflow": _PLATFORM
    | {"instance": "id", "history": "instance_id, number", "task": "id", "trigger": "process_id, fact"},
    "engagement": _PLATFORM
    | {
        "process": "id",
        "phase": "id",
        "participant": "id",
        "proposal": "id",
        "comment": "id",
        "endorsement": "id",
        "process_log": "at, code",
        "proposal_counts": "proposal_id",
        "process_counts": "process_id",
        "moderation": "at, id",
        "decision": "proposal_id",
        "notice": "message_id",
        "audit": "at, id",
    },
    "gateway": {"message_record": "seq", "message_head": "seq"},
}
BLOCKS = tuple(name for name in TABLES if name != "gateway")


@dataclass(frozen=True)
class Places:
    """Where the evidence lies: addresses of databases by block, the broker's, files of the test and of the mesh."""

    databases: Mapping[str, str]
    events: str
    ledger: Path
    mails: Path | None  # what a mail server took; None: what the mesh's own catcher took
    secrets: Path  # folder of sealing keys, which the keyed chains are computed with
    log_keys: Path  # keys that sign the message log
    instance: str = "BARAZA/GOV/1001"  # of the mediator, as its signatures name it

    @classmethod
    def embedded(cls, state: Path, ledger: Path, mails: Path | None = None) -> "Places":
        """Of a mesh whose databases and events are files below its state folder."""
        state = state.absolute()
        return cls(
            databases={name: f"sqlite:///{state}/{name}.db" for name in TABLES},
            events=f"embedded://{state}/events",
            ledger=ledger,
            mails=mails,
            secrets=state / "secrets",
            log_keys=state / "gateway" / "log.pem",
        )


@dataclass(frozen=True)
class Evidence:
    """All of it, read once."""

    tables: Mapping[str, Tables]
    records: tuple[Record, ...]
    ledger: tuple[dict[str, Any], ...]
    mails: tuple[dict[str, Any], ...]
    sealing_keys: Mapping[str, str]
    log_keys: str
    instance: str

    def rows(self, block: str, table: str) -> list[Row]:
        return self.tables[block][table]

    def lines(self, kind: str) -> list[dict[str, Any]]:
        """Lines of the ledger of one kind: attempt, fault, planted, figures."""
        return [line for line in self.ledger if line["line"] == kind]

    @cached_property
    def events(self) -> list[Row]:
        """Every outbox row of every block, `data` decoded, with its `block`."""
        return [
            row | {"block": block, "data": rows.decoded(row["data"])}
            for block in BLOCKS
            for row in self.rows(block, "outbox")
        ]

    @cached_property
    def planted(self) -> set[str]:
        """Ids of events that the test put on the broker itself."""
        return {line["id"] for line in self.lines("planted")}

    def told(self, kind: str) -> list[Row]:
        """Events of one type, in their producer's order."""
        return [row for row in self.events if row["type"] == kind]


def gather(places: Places) -> Evidence:
    """Read everything. The mesh should be at rest: what moves meanwhile is found to differ."""
    tables = {block: rows.read(places.databases[block], wanted) for block, wanted in TABLES.items()}
    return Evidence(
        tables=tables,
        records=tuple(topics.read(places.events)),
        ledger=_lines(places.ledger),
        mails=_lines(places.mails) if places.mails else tuple(tables["messaging"]["caught"]),
        sealing_keys={block: (places.secrets / f"seal-{block}").read_text() for block in ("consent", "registry")},
        log_keys=places.log_keys.read_text(),
        instance=places.instance,
    )


def _lines(file: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in file.read_text().splitlines()) if file.exists() else ()

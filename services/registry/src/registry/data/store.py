"""Every query about entries."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from registry.data.model import Entry, Stored
from registry.data.sealing import Vault
from registry.databases.model import Registry
from registry.tables import entry, entry_value, entry_version

_LATEST = select(entry.c.registry, entry.c.owner, entry_version).join(
    entry_version, and_(entry_version.c.entry_id == entry.c.id, entry_version.c.version == entry.c.version)
)
_INSERT = insert(entry)
_INSERT_VERSION = insert(entry_version)
_INSERT_VALUE = insert(entry_value)


@dataclass(frozen=True, slots=True)
class Request:
    """A request under an Idempotency-Key, as keyed digests: `key` of who asked under which key, `body` of what."""

    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: `owner` None means anyone's; `digests` must all be theirs, `any_of` one of them (None: any)."""

    registry: str
    entry_id: UUID | None = None
    owner: str | None = None
    digests: tuple[str, ...] = ()
    any_of: tuple[str, ...] | None = None


def first(tx: Transaction, wanted: Wanted, vault: Vault) -> Entry | None:
    """The oldest that is not deleted; None when there is none."""
    row = tx.execute(_chosen(_LATEST, wanted).order_by(entry.c.id).limit(1)).mappings().first()
    return _entry(row, vault) if row else None


def first_locked(tx: Transaction, wanted: Wanted, vault: Vault) -> Entry | None:
    """The same, held until the transaction ends; None also when it was amended or deleted so that it is not wanted."""
    one = _chosen(select(entry.c.id), wanted).order_by(entry.c.id).limit(1).with_for_update()
    held = tx.execute(one).scalar()
    return first(tx, replace(wanted, entry_id=held), vault) if held is not None else None


def page(tx: Transaction, wanted: Wanted, offset: int, limit: int, vault: Vault, *, ascending: bool) -> list[Entry]:
    """By the time of their first version, newest first unless ascending."""
    query = _chosen(_LATEST, wanted).order_by(entry.c.id if ascending else entry.c.id.desc())
    return [_entry(row, vault) for row in tx.execute(query.offset(offset).limit(limit)).mappings()]


def count(tx: Transaction, wanted: Wanted) -> int:
    """How many there are."""
    return int(tx.execute(_chosen(select(func.count()).select_from(entry), wanted)).scalar_one())


def under_key(tx: Transaction, key: str) -> tuple[UUID, str] | None:
    """The entry that was made under a key and the digest of what was written; None for a new key."""
    row = tx.execute(select(entry.c.id, entry.c.request).where(entry.c.request_key == key)).first()
    return (row.id, row.request) if row else None


def of_sole_owner(tx: Transaction, registry: str, owner: str) -> UUID | None:
    """The person's one entry; None when she has none."""
    its = (entry.c.registry == registry) & (entry.c.sole_owner == owner)
    row = tx.execute(select(entry.c.id).where(its)).first()
    return row.id if row else None


def add(tx: Transaction, added: Entry, registry: Registry, request: Request | None, vault: Vault) -> Stored | None:
    """As it lies; None when the person or the key has an entry already: the unique indexes have the last word."""
    row = {
        "id": added.id,
        "registry": added.registry,
        "version": added.version,
        "owner": added.owner,
        "sole_owner": added.owner if registry.one_entry_per_person else None,
        "request_key": request.key if request else None,
        "request": request.body if request else None,
        "deleted": False,
    }
    try:
        with tx.savepoint():
            tx.execute(_INSERT, row)
    except IntegrityError:
        return None
    return _write(tx, added, registry, vault)


def amend(tx: Transaction, changed: Entry, registry: Registry, vault: Vault) -> Stored:
    """Another version after the one before; as it lies. Raises Stale."""
    _move(tx, changed, {})
    tx.execute(delete(entry_value).where(entry_value.c.entry_id == changed.id))
    return _write(tx, changed, registry, vault)


def take_out(tx: Transaction, deleted: Entry, registry: Registry, vault: Vault) -> Stored:
    """It is found no more, and its person may have another; as it lies. Raises Stale."""
    _move(tx, deleted, {"deleted": True, "sole_owner": None})
    tx.execute(delete(entry_value).where(entry_value.c.entry_id == deleted.id))
    stored = vault.stored(deleted, registry.sealed)
    tx.execute(_INSERT_VERSION, asdict(stored))
    return stored


def _move(tx: Transaction, changed: Entry, values: dict[str, Any]) -> None:
    before = (entry.c.id == changed.id) & (entry.c.version == changed.version - 1)
    tx.change_one(update(entry).where(before).values(version=changed.version, **values))


def _write(tx: Transaction, written: Entry, registry: Registry, vault: Vault) -> Stored:
    stored = vault.stored(written, registry.sealed)
    tx.execute(_INSERT_VERSION, asdict(stored))
    values = [
        {"entry_id": written.id, "field": name, "digest": digest} for name, digest in vault.digests(written).items()
    ]
    if values:
        tx.execute(_INSERT_VALUE, values)
    return stored


def _chosen(query: Select[Any], wanted: Wanted) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [entry.c.registry == wanted.registry, entry.c.deleted.is_(False)]
    if wanted.entry_id is not None:
        conditions.append(entry.c.id == wanted.entry_id)
    if wanted.owner is not None:
        conditions.append(entry.c.owner == wanted.owner)
    conditions += [entry.c.id.in_(_with((digest,))) for digest in wanted.digests]
    if wanted.any_of is not None:
        conditions.append(entry.c.id.in_(_with(wanted.any_of)))
    return query.where(*conditions)


def _with(digests: Iterable[str]) -> Select[Any]:
    return select(entry_value.c.entry_id).where(entry_value.c.digest.in_(digests))


def _entry(row: RowMapping, vault: Vault) -> Entry:
    values = dict(row)
    registry, owner = values.pop("registry"), values.pop("owner")
    stored = Stored(**values)
    content = vault.content(stored)
    return Entry(
        stored.entry_id, registry, owner, stored.schema_number, content, stored.at, stored.version, stored.deleted
    )

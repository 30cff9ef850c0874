"""The stories of an entry: created, read, found, listed, amended, taken out. Each leaves its row in the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from chassis import ids
from chassis.database import Transaction
from chassis.errors import NotFound
from registry.access_log import store as log
from registry.access_log.model import Action, Reason, Row
from registry.actors import Actor
from registry.data import policy, store
from registry.data.model import Entry, IdempotencyKeyReused, NotSearchable, Reach, Stored
from registry.data.sealing import Vault
from registry.data.store import Request, Wanted
from registry.databases.model import Content, Registry


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is asked for."""

    search: str | None
    field: str | None
    ascending: bool
    page: int
    page_size: int


def create(
    tx: Transaction, registry: Registry, content: Content, key: str | None, *, by: Actor, at: datetime, vault: Vault
) -> tuple[Entry, bool]:
    """The person's entry and whether it is new; what exists comes back with nothing new and nothing shown.

    Raises NoPerson, ContentInvalid, IdempotencyKeyReused.
    """
    policy.may_enter(by, registry).require()
    registry.checked(content)
    request = _request(registry, content, key, by, vault)
    added = Entry(ids.new(), registry.name, by.subject, registry.number, content, at)
    if (existing := _existing(tx, added, registry, request)) is not None:
        return existing, False
    stored = store.add(tx, added, registry, request, vault)
    if stored is None:
        return _existing(tx, added, registry, request) or added, False
    _log_change(tx, Action.CREATED, added, stored, content, by, vault)
    return added, True


def read(
    tx: Transaction, registry: Registry, query: Content, reason: Reason, *, by: Actor, at: datetime, vault: Vault
) -> Entry:
    """The entry with these values. Raises NotFound, also for what the actor may not read; PurposeMissing,
    NotSearchable."""
    found = _find(tx, registry, query, policy.reach(by), reason, by, vault)
    if found is None:
        raise NotFound("no record found")
    fields = [name for name in registry.shown(found.content) if name in registry.sealed]
    _log_read(tx, Action.READ, registry, [found], fields, reason, by, at, vault)
    return found


def exists(
    tx: Transaction, registry: Registry, query: Content, reason: Reason, *, by: Actor, at: datetime, vault: Vault
) -> bool:
    """Whether there is an entry with these values that the actor may read. Raises PurposeMissing, NotSearchable."""
    found = _find(tx, registry, query, policy.reach_to_change(by), reason, by, vault)
    fields = [name for name in query if name != "id"]
    _log_read(tx, Action.FOUND, registry, [found] if found else [], fields, reason, by, at, vault)
    return found is not None


def listed(
    tx: Transaction, registry: Registry, wanted: Listing, reason: Reason, *, by: Actor, at: datetime, vault: Vault
) -> tuple[list[Entry], int]:
    """One page and how many there are in all. Raises PurposeMissing, NotSearchable."""
    policy.may_read(Reach.ALL, reason).require()
    chosen = Wanted(registry.name, any_of=_searched(registry, wanted, vault))
    offset = (wanted.page - 1) * wanted.page_size
    page = store.page(tx, chosen, offset, wanted.page_size, vault, ascending=wanted.ascending)
    _log_read(tx, Action.LISTED, registry, page, registry.sealed, reason, by, at, vault)
    return page, store.count(tx, chosen)


def amend(
    tx: Transaction,
    registry: Registry,
    query: Content,
    written: Content,
    version: int | None,
    *,
    by: Actor,
    at: datetime,
    vault: Vault,
) -> Entry:
    """Raises NotFound, NotSearchable, Stale, ContentInvalid. What differs in nothing is left alone."""
    before = store.first_locked(tx, _wanted(registry, query, policy.reach_to_change(by), by, vault), vault)
    if before is None:
        raise NotFound("no record found")
    before.must_be(version)
    changed = before.amended(written, registry, at)
    if changed is not before:
        stored = store.amend(tx, changed, registry, vault)
        _log_change(tx, Action.AMENDED, changed, stored, written, by, vault)
    return changed


def take_out(
    tx: Transaction,
    registry: Registry,
    entry_id: UUID,
    version: int | None,
    *,
    by: Actor,
    at: datetime,
    vault: Vault,
) -> None:
    """Raises NotFound, Stale."""
    query = {"id": str(entry_id)}
    before = store.first_locked(tx, _wanted(registry, query, policy.reach_to_change(by), by, vault), vault)
    if before is None:
        raise NotFound("no record found")
    before.must_be(version)
    deleted = before.taken_out(at)
    stored = store.take_out(tx, deleted, registry, vault)
    _log_change(tx, Action.DELETED, deleted, stored, {}, by, vault)


def _find(
    tx: Transaction, registry: Registry, query: Content, reach: Reach, reason: Reason, by: Actor, vault: Vault
) -> Entry | None:
    policy.may_read(reach, reason).require()
    return store.first(tx, _wanted(registry, query, reach, by, vault), vault)


def _wanted(registry: Registry, query: Content, reach: Reach, by: Actor, vault: Vault) -> Wanted:
    """Raises NotSearchable; NotFound for an id that can be nobody's."""
    values = {name: value for name, value in query.items() if name != "id"}
    if reach is Reach.BY_ID and (values or "id" not in query):
        raise NotSearchable("Ask by id.", [("/query/content", "holds other fields than id")])
    for name, value in values.items():
        if name not in registry.fields or not isinstance(value, str | int | float):
            raise NotSearchable("It is not a single value of a field.", [(f"/query/content/{name}", "is not found by")])
    digests = tuple(vault.digest(registry.name, name, value) for name, value in values.items())
    entry_id = _id(query["id"]) if "id" in query else None
    owner = (by.subject or "") if reach is Reach.OWN else None
    return Wanted(registry.name, entry_id, owner, digests)


def _searched(registry: Registry, wanted: Listing, vault: Vault) -> tuple[str, ...] | None:
    """Sealed fields are not searched here: a value would stand in an address, and addresses are logged."""
    open_fields = [name for name in registry.fields if name not in registry.sealed]
    if wanted.field is not None and wanted.field not in open_fields:
        raise NotSearchable("Ask for sealed fields by reading.", [("filter", "is not a field that lists search")])
    if wanted.search is None:
        return None
    fields = [wanted.field] if wanted.field else open_fields
    return tuple(vault.digest(registry.name, name, wanted.search) for name in fields)


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("no record found") from None


def _request(registry: Registry, content: Content, key: str | None, by: Actor, vault: Vault) -> Request | None:
    if key is None:
        return None
    body = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
    return Request(
        key=vault.request(by.application, by.subject or "", registry.name, key),
        body=vault.request(registry.name, body),
    )


def _existing(tx: Transaction, wanted: Entry, registry: Registry, request: Request | None) -> Entry | None:
    """What the key or the person has already, known by its id alone. Raises IdempotencyKeyReused."""
    found: UUID | None = None
    if request is not None and (made := store.under_key(tx, request.key)) is not None:
        found, body = made
        if body != request.body:
            raise IdempotencyKeyReused("This key was used with other content.")
    elif registry.one_entry_per_person and wanted.owner is not None:
        found = store.of_sole_owner(tx, registry.name, wanted.owner)
    if found is None:
        return None
    return Entry(found, registry.name, wanted.owner, registry.number, {}, wanted.at)


def _log_change(
    tx: Transaction, action: Action, of: Entry, stored: Stored, written: Content, by: Actor, vault: Vault
) -> None:
    row = Row(
        action=action,
        registry=of.registry,
        entries=[str(of.id)],
        fields=sorted(name for name in written if name != "id"),
        application=by.application,
        subject=by.subject,
        at=of.at,
        version=of.version,
        state=vault.state(stored, of.owner),
    )
    log.append(tx, row, {of.id: of.owner}, vault.sealer)


def _log_read(
    tx: Transaction,
    action: Action,
    registry: Registry,
    entries: Iterable[Entry],
    fields: list[str],
    reason: Reason,
    by: Actor,
    at: datetime,
    vault: Vault,
) -> None:
    owners = {each.id: each.owner for each in entries}
    row = Row(
        action=action,
        registry=registry.name,
        entries=[str(each) for each in owners],
        fields=fields,
        application=by.application,
        subject=by.subject,
        at=at,
        purpose=reason.purpose,
        consent=reason.consent,
    )
    log.append(tx, row, owners, vault.sealer)

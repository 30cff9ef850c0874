"""The check: the chain, the entries that each row names, the versions that changes made."""

from collections.abc import Iterator
from dataclasses import dataclass

from chassis.database import Transaction
from registry.access_log import model as chain
from registry.access_log import store as log
from registry.access_log.model import Head, Row
from registry.data.sealing import Vault
from registry.verification import store


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that does not hold."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found; `broken` is None when everything holds."""

    rows: int
    broken: Broken | None


def verify(tx: Transaction, vault: Vault) -> Finding:
    """Recompute everything; stops at the first that does not hold."""
    end = log.end(tx, vault.sealer)
    found = _chain(tx, end, vault)
    if found is not None:
        number, reason = found
        return Finding(number - 1, Broken(f"row {number}", reason))
    try:
        return Finding(end.number, _entries(tx) or _versions(tx, vault) or _latest(tx))
    except ValueError:
        return Finding(end.number, Broken("an entry", "has a value that cannot be read"))


def _chain(tx: Transaction, end: Head, vault: Vault) -> tuple[int, str] | None:
    number = 0

    def rows() -> Iterator[Row]:
        nonlocal number
        for row in log.all_rows(tx):
            number = row.number
            yield row

    try:
        return chain.broken(rows(), end, log.digest(vault.sealer))
    except ValueError:
        return number + 1, "has a value that cannot be read"


def _entries(tx: Transaction) -> Broken | None:
    for each in store.named(tx):
        if each.logged != each.indexed:
            return Broken(f"row {each.number}", "its entries were altered")
        if not each.same_owners:
            return Broken(f"row {each.number}", "names another owner than the entry")
    return None


def _versions(tx: Transaction, vault: Vault) -> Broken | None:
    for each in store.changes(tx):
        where = f"entry {each.entry_id} {each.version}"
        if each.stored is None:
            return Broken(where, "is missing")
        if vault.state(each.stored, each.owner) != each.state:
            return Broken(where, "was altered")
    return None


def _latest(tx: Transaction) -> Broken | None:
    if (unlogged := store.unlogged_version(tx)) is not None:
        return Broken(f"entry {unlogged}", "has a version that the log does not know")
    if (other := store.not_at_latest(tx)) is not None:
        return Broken(f"entry {other}", "does not stand at its latest version")
    return None

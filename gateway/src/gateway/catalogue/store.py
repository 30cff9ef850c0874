"""Applications, services and the version of all registrations, as they are stored."""

from datetime import datetime

from sqlalchemy import delete, insert, select, text, update

from chassis.database import Transaction
from gateway.catalogue.model import Application, Service
from gateway.members.model import ClientId
from gateway.tables import application, registration, service

_MOST = 10_000
_ONLY = 1


def lock(tx: Transaction) -> None:
    """Let mediators that start together apply the file one after the other; SQLite has one writer anyhow."""
    if not tx.database.is_sqlite:
        tx.execute(text("SELECT pg_advisory_xact_lock(hashtext('catalogue'))"))


def version(tx: Transaction) -> int:
    """The number of the last change; 0 before the first."""
    return tx.execute(select(registration.c.version)).scalar() or 0


def seeded_from(tx: Transaction) -> str | None:
    """The digest of the catalogue file that was applied last."""
    digest: str | None = tx.execute(select(registration.c.seeded_from)).scalar()
    return digest


def changed(tx: Transaction, *, seeded_from: str, at: datetime) -> None:
    """Registrations have changed: whoever keeps a picture of them makes a new one."""
    row = {"version": version(tx) + 1, "seeded_from": seeded_from, "changed_at": at}
    if tx.execute(update(registration).values(row)).rowcount == 0:
        tx.execute(insert(registration), {"id": _ONLY, **row})


def applications(tx: Transaction) -> tuple[Application, ...]:
    """All applications, by identifier."""
    rows = tx.execute(select(application.c.id, application.c.name).order_by(application.c.id).limit(_MOST))
    return tuple(Application(ClientId.parse(row.id), row.name) for row in rows)


def services(tx: Transaction) -> tuple[Service, ...]:
    """All services, by identifier."""
    found = select(service.c.application, service.c.code, service.c.base_url)
    rows = tx.execute(found.order_by(service.c.application, service.c.code).limit(_MOST))
    return tuple(Service(ClientId.parse(row.application), row.code, row.base_url) for row in rows)


def add(tx: Transaction, added: tuple[Application, ...], offered: tuple[Service, ...]) -> None:
    """Add applications of members that are there, and their services."""
    if added:
        rows = [{"id": str(each.id), "member": each.id.owner, "name": each.name} for each in added]
        tx.execute(insert(application), rows)
    if offered:
        rows = [{"application": str(s.application), "code": s.code, "base_url": s.base_url} for s in offered]
        tx.execute(insert(service), rows)


def remove_all(tx: Transaction) -> None:
    """Remove every application with its services; rights first."""
    tx.execute(delete(service))
    tx.execute(delete(application))

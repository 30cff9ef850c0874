"""Stories of the catalogue: apply the file, read everything, keep the picture fresh."""

import asyncio
import hashlib
import logging
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from chassis.database import Database, Transaction
from gateway.access import store as rights
from gateway.catalogue import schemas, store
from gateway.catalogue.model import Registrations, Snapshot, compiled
from gateway.members import store as members

log = logging.getLogger(__name__)


def seed(tx: Transaction, text: str, *, at: datetime) -> bool:
    """Make the registrations those of the catalogue file, unless this very file was applied last. Whether it was
    applied. Raises BadCatalogue, and nothing is changed."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    store.lock(tx)
    if store.seeded_from(tx) == digest:
        return False
    told = schemas.registrations(text)
    rights.remove_all(tx)
    store.remove_all(tx)
    members.remove_all(tx)
    members.add(tx, told.members)
    store.add(tx, told.applications, told.services)
    rights.add(tx, told.rights)
    store.changed(tx, seeded_from=digest, at=at)
    log.info("catalogue applied", extra={"applications": len(told.applications), "rights": len(told.rights)})
    return True


def snapshot(tx: Transaction) -> Snapshot:
    """The picture of all registrations as they stand."""
    registered = Registrations(members.members(tx), store.applications(tx), store.services(tx), rights.rights(tx))
    return compiled(registered, store.version(tx))


class Directory:
    """The current picture, replaced as a whole when the registrations change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.now = compiled(Registrations((), (), (), ()), version=-1)

    def read(self) -> None:
        """Take the picture if it is not the newest. Blocks on the database."""
        with self._database.reading() as tx:
            if store.version(tx) != self.now.version:
                self.now = snapshot(tx)

    async def follow(self, every_seconds: float) -> None:
        """Look for a new version until cancelled; a look that has begun ends first, because it holds a connection.
        While the database is away the last picture stands; no call passes then anyway, because none can be logged."""
        while True:
            await asyncio.sleep(every_seconds)
            looking = asyncio.ensure_future(asyncio.to_thread(self.read))
            try:
                await asyncio.shield(looking)
            except asyncio.CancelledError:
                await asyncio.wait([looking])
                raise
            except SQLAlchemyError:
                log.warning("the registrations cannot be read", exc_info=True)

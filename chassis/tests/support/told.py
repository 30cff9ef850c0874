"""What tests of the outbox's way ask: what was told, what waits, what is on the broker, what was heard."""

import note_block
from sqlalchemy import func, select

import contracts
from chassis import outbox
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.tables import outbox as rows

TOPIC = contracts.topic_of(note_block.TYPE)


def tell(app: App, *keys: str) -> None:
    for key in keys:
        with app.runtime.transaction() as tx:
            outbox.put(tx, note_block.told(key))


def waiting(app: App) -> int:
    with app.runtime.reading() as tx:
        unpublished = select(func.count()).select_from(rows).where(rows.c.published_at.is_(None))
        return int(tx.execute(unpublished).scalar_one())


def keys_on(broker: EmbeddedLog) -> list[str]:
    return [record.key for record in broker.read("a test", [TOPIC], 1000)]


def heard(app: App) -> int:
    with app.runtime.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(note_block.heard)).scalar_one())

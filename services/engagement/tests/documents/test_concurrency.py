"""Who meets a publication, or another who begins the next version."""

from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis.app import App
from chassis.database import Database, Transaction
from chassis.testing import races
from engagement.annotations import actions as annotations
from engagement.annotations.model import Purpose, Remark, VersionSuperseded
from engagement.documents import actions
from engagement.documents.model import DraftExists


def test_who_annotates_while_a_version_is_published_hears_of_it(
    app: App, database: Database, desk: Any, document: dict[str, Any], process: Any, world: Any, make: ModuleType
) -> None:
    world.participant(process, "ana")
    draft = desk.next_version(document)
    desk.edit(draft, act="delete", blockId=desk.blocks(draft)[3]["id"])
    remark, sealer = Remark(Purpose.SUPPORT, {"en": "Good."}), app.runtime.sealer

    def publish(tx: Transaction) -> None:
        actions.publish(tx, UUID(draft), {"en": "Shorter."}, 2, by=make.OFFICIAL, at=make.NOON)

    def annotate(tx: Transaction) -> None:
        annotations.annotate(tx, UUID(document["newest"]), remark, by=make.CITIZEN, at=make.NOON, sealer=sealer)

    with pytest.raises(VersionSuperseded):
        races.second(database, publish, annotate)


def test_two_who_begin_the_next_version_begin_one(
    database: Database, document: dict[str, Any], make: ModuleType
) -> None:
    def begin(tx: Transaction) -> None:
        actions.begin_version(tx, UUID(document["id"]), None, by=make.OFFICIAL, at=make.NOON)

    with pytest.raises(DraftExists):
        races.second(database, begin, begin)

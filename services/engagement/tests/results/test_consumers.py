"""Closing notices that messaging delivered are counted once."""

from typing import Any
from uuid import UUID

import pytest

from chassis import ids
from chassis.app import App
from chassis.events import Event
from engagement.results import consumers
from engagement.tables import notice


@pytest.mark.parametrize(
    ("template", "times", "ours", "counted"),
    [("feedback", 1, True, 1), ("feedback", 3, True, 1), ("welcome", 1, True, 0), ("feedback", 1, False, 0)],
)
def test_which_notices_are_counted(
    app: App, world: Any, make: Any, template: str, times: int, ours: bool, counted: int
) -> None:
    about = world.process().id if ours else ids.new()

    for _ in range(times):
        _delivered(app, make, template, about)

    assert len(world.rows(notice)) == counted


def _delivered(app: App, make: Any, template: str, about: UUID) -> None:
    data = {"messageId": "message-1", "template": template, "about": str(about)}
    with app.runtime.transaction() as tx:
        consumers.on_notice_delivered(tx, Event("messaging.notice-delivered.v1", str(about), make.NOON, data))

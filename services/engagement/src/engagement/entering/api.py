"""The door of entering."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import answered, caller, created, now, transaction
from engagement.actors import actor
from engagement.contributions import Channel
from engagement.entering import actions, schemas


def enter_responses(survey_id: str, body: dict[str, Any]) -> Response:  # Any: the contract has checked it
    entries, channel = schemas.entries(body), Channel(body["channel"])
    with transaction() as tx:
        added = actions.enter(tx, UUID(survey_id), channel, entries, by=actor(caller()), at=now())
        return answered(tx, created({"entered": len(added), "known": len(entries) - len(added)}))

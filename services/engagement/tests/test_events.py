"""What the block hears and tells: every example is taken, duplicates change nothing, a crash leaves nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest

import contracts
from chassis import app as chassis_app
from chassis import ids
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.consumer import Consumer, topics
from chassis.events import Event
from chassis.relay import relay_once
from chassis.settings import ServiceSettings
from chassis.tables import inbox, outbox
from chassis.testing.client import Client
from engagement.app import SERVICE
from engagement.tables import comment, endorsement, process_log


@pytest.mark.parametrize("event_type", sorted(SERVICE.subscriptions))
def test_every_example_of_the_contract_is_taken(app: App, make: Any, event_type: str) -> None:
    for data in contracts.event_examples(event_type):
        for _ in range(2):
            with app.runtime.transaction() as tx:
                event = Event(event_type, str(ids.new()), make.NOON, data | {"fieldOfTomorrow": True})
                SERVICE.subscriptions[event_type](tx, event)


def test_a_duplicate_on_the_log_is_counted_once(
    app: App, broker: EmbeddedLog, citizen: Callable[..., Client], public: Client, world: Any, settle: Any
) -> None:
    process = world.process()
    world.participant(process, "ana")
    proposal = world.proposal(process)
    citizen().post(f"/v1/proposals/{proposal.id}/endorsements")
    citizen().post(f"/v1/proposals/{proposal.id}/comments", {"body": {"en": "Yes"}, "position": "in_favour"})

    relay_once(app.runtime, broker)
    with app.runtime.transaction() as tx:  # as after a crash between the broker's answer and the mark
        tx.execute(outbox.update().values(published_at=None))
    settle()

    assert broker.lag("engagement", topics(app.runtime)) == 0
    assert len(world.rows(inbox)) == 2
    shown = public.get(f"/v1/proposals/{proposal.id}").body
    assert (shown["endorsements"], shown["comments"]) == (1, 1)
    assert shown["positions"] == {"inFavour": 1, "neutral": 0, "against": 0, "none": 0}


def test_counts_hold_after_the_log_is_replayed(
    app: App, broker: EmbeddedLog, citizen: Callable[..., Client], public: Client, world: Any, settle: Any
) -> None:
    process = world.process()
    world.participant(process, "ana")
    citizen().post(f"/v1/processes/{process.id}/proposals", {"title": {"en": "Trees along the river"}})
    settle()

    subscription = broker.subscribe("engagement", topics(app.runtime))
    subscription.seek("engagement-proposals", 0)
    subscription.close()
    consumer = Consumer(app.runtime, broker)
    assert consumer.once(0) == 1
    consumer.close()

    assert public.get(f"/v1/processes/{process.id}").body["counts"]["proposals"] == 1


def test_a_crash_before_the_commit_leaves_nothing(
    settings: ServiceSettings, app: App, client: Callable[..., Client], world: Any, speaker: Any, clock: Any
) -> None:
    process = world.process()
    world.participant(process, "ana")
    proposal = world.proposal(process)
    failing = replace(settings, failpoints="request.before_commit:error")
    crashing = chassis_app.create(SERVICE, failing, at=clock)
    caller = {"subject": "ana", "roles": ["participant"], "scopes": ["engagement.contribute"]}
    ana = Client(crashing, speaker, "engagement", caller)

    reply = ana.post(f"/v1/proposals/{proposal.id}/endorsements")

    assert reply.status == 500
    for table in (endorsement, process_log, outbox, comment):
        assert world.rows(table) == []
    assert ana.post(f"/v1/proposals/{proposal.id}/endorsements").status == 201
    crashing.runtime.database.close()


def test_what_is_told_names_nobody(citizen: Callable[..., Client], world: Any) -> None:
    process, ana = world.process(), citizen()
    joining = {"displayName": "Ana Puig", "email": "ana@example.org", "agrees": True}
    ana.post(f"/v1/processes/{process.id}/participants", joining)
    proposal = ana.post(f"/v1/processes/{process.id}/proposals", {"title": {"en": "Trees along the river"}}).body
    ana.post(f"/v1/proposals/{proposal['id']}/comments", {"body": {"en": "I wrote this"}})

    told = orjson.dumps([row.data for row in world.events()]).decode()

    for secret in ("Ana", "example.org", "Trees", "wrote", '"ana"'):
        assert secret not in told

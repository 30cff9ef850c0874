"""Joining, through the door and through the job that follows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from chassis import jobs
from chassis.app import App
from chassis.http_client import PeerClient
from chassis.tables import job
from chassis.testing.client import Client, assert_problem
from engagement.participants import actions, store
from engagement.participants.model import Joining, State
from engagement.processes import store as processes
from engagement.processes.model import State as ProcessState
from engagement.tables import participant

JOINING = {"displayName": "Ana", "email": "ana@example.org", "agrees": True, "language": "en"}


class Peers(PeerClient):
    """Consent and registry as they answer; what they were asked is in `asked`."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def call(self, application: str, verb: str, path: str, **asked: Any) -> Any:
        self.asked.append((application, verb, path, asked.get("body")))
        body = {"consentRecord": {"id": "record-1"}, "content": {"id": "entry-1"}}
        return type("Answer", (), {"body": body})()


def test_joining_twice_is_joining_once(citizen: Callable[..., Client], world: Any) -> None:
    process = world.process()

    first, second = (citizen().post(f"/v1/processes/{process.id}/participants", JOINING) for _ in range(2))

    assert (first.status, second.status) == (201, 200)
    assert first.body == second.body
    assert first.body["state"] == "joining"
    assert citizen().get(f"/v1/processes/{process.id}/participants/me").body == first.body


def test_two_windows_join_one_person(app: App, world: Any, make: Any) -> None:
    process = world.process()

    def join(_: int) -> bool:
        with app.runtime.transaction() as tx:
            wanted, sealer = Joining("Ana"), app.runtime.sealer
            _, new = actions.join(tx, process.id, wanted, by=make.CITIZEN, at=make.NOON, sealer=sealer)
        return new

    with ThreadPoolExecutor(8) as pool:
        news = list(pool.map(join, range(16)))

    assert news.count(True) == 1
    assert len(world.rows(participant)) == len(world.rows(job)) == 1


def test_a_second_participation_of_a_person_is_not_stored(world: Any, tx: Any, app: App, make: Any) -> None:
    process = make.process()
    processes.add(tx, process)

    assert store.add(tx, make.participant(process.id), app.runtime.sealer)
    assert not store.add(tx, make.participant(process.id), app.runtime.sealer)


def test_consent_and_registry_are_asked_by_a_job(app: App, citizen: Callable[..., Client], world: Any) -> None:
    process, peers = world.process(), Peers()
    citizen().post(f"/v1/processes/{process.id}/participants", JOINING)
    runtime = replace(app.runtime, peers=peers)

    with ThreadPoolExecutor(1) as pool:
        assert jobs.run_due(runtime, pool) == 1
        assert jobs.run_due(runtime, pool) == 0

    assert [each[:2] for each in peers.asked] == [("consent", "POST"), ("registry", "POST")]
    assert peers.asked[1][3]["write"]["content"]["email"] == "ana@example.org"
    (joined,) = world.rows(participant)
    assert (joined.state, joined.recipient, joined.consent_record_id) == (State.JOINED, "entry-1", "record-1")
    assert len(world.events("engagement.participant-joined.v1")) == 1


def test_a_job_that_runs_twice_joins_once(app: App, citizen: Callable[..., Client], world: Any) -> None:
    process, runtime = world.process(), replace(app.runtime, peers=Peers())
    citizen().post(f"/v1/processes/{process.id}/participants", JOINING)
    (asked,) = world.rows(job)

    for _ in range(2):
        runtime.service.jobs["join"](runtime, asked.payload, app.runtime.clock())

    assert len(world.events("engagement.participant-joined.v1")) == 1


def test_names_and_addresses_are_not_readable_at_rest(app: App, citizen: Callable[..., Client], world: Any) -> None:
    process = world.process()
    citizen().post(f"/v1/processes/{process.id}/participants", JOINING)

    with app.runtime.reading() as tx:
        stored = repr(tx.execute(select(participant)).all()) + repr(tx.execute(select(job)).all())

    assert "Ana" not in stored
    assert "example.org" not in stored


@pytest.mark.parametrize(
    "body", [{}, {"displayName": "Ana"}, JOINING | {"agrees": False}, JOINING | {"displayName": ""}]
)
def test_nobody_joins_without_agreeing(citizen: Callable[..., Client], world: Any, body: Any) -> None:
    assert_problem(citizen().post(f"/v1/processes/{world.process().id}/participants", body), 400, "invalid")


def test_a_closed_process_is_not_joined(citizen: Callable[..., Client], world: Any) -> None:
    process = world.process(state=ProcessState.CLOSED)

    reply = citizen().post(f"/v1/processes/{process.id}/participants", JOINING)

    assert_problem(reply, 409, "process-not-joinable")


def test_a_draft_process_cannot_be_joined_nor_known(citizen: Callable[..., Client], world: Any) -> None:
    process = world.process(state=ProcessState.DRAFT)

    reply = citizen().post(f"/v1/processes/{process.id}/participants", JOINING)

    assert_problem(reply, 404, "not-found")


def test_who_did_not_join_has_no_participation(citizen: Callable[..., Client], world: Any) -> None:
    assert_problem(citizen().get(f"/v1/processes/{world.process().id}/participants/me"), 404, "not-found")

"""Taking part without an account, through the door."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from chassis.app import App
from chassis.tables import job
from chassis.testing.client import Client, assert_problem
from engagement.participants.model import Step
from engagement.processes.model import State
from engagement.strategy.model import Access
from engagement.tables import participant, process_log, proposal

TITLE = {"title": {"en": "Trees along the river"}}
AGREES = {"agrees": True}


def test_a_visitor_takes_part_with_nothing_but_a_key(
    opened: Callable[..., Any], client: Callable[..., Client], visitor: Any, world: Any
) -> None:
    process = opened()
    portal = client(scopes=["engagement.contribute"])

    key = portal.post(f"/v1/processes/{process.id}/visitor-keys").body["key"]
    ana = visitor(process, key)
    entered = ana.post(f"/v1/processes/{process.id}/visitors", AGREES | {"displayName": " Ana "})
    submitted = ana.post(f"/v1/processes/{process.id}/proposals", TITLE)

    assert (entered.status, submitted.status) == (201, 201)
    assert (entered.body["displayName"], entered.body["state"], entered.body["ladderStep"]) == ("Ana", "joined", 0)
    assert ana.get(f"/v1/proposals/{submitted.body['id']}").body["mine"] is True
    assert world.rows(proposal)[0].ladder_step == Step.OPEN
    assert len(world.events("engagement.participant-joined.v1")) == 1


def test_of_a_key_only_a_digest_is_kept(opened: Callable[..., Any], visitor: Any, app: App) -> None:
    process = opened()
    ana = visitor(process)
    ana.post(f"/v1/processes/{process.id}/visitors", AGREES)
    ana.post(f"/v1/processes/{process.id}/proposals", TITLE)

    with app.runtime.reading() as tx:
        tables = [tx.execute(select(each)).mappings().all() for each in (participant, proposal, job, process_log)]

    assert ana.key.partition(".")[2] not in repr(tables)
    assert app.runtime.sealer.digest(ana.key, "visitor") in repr(tables)


def test_a_visitor_has_another_name_in_each_process(opened: Callable[..., Any], visitor: Any, world: Any) -> None:
    first, second = opened(), opened()

    for process in (first, second):
        visitor(process).post(f"/v1/processes/{process.id}/visitors", AGREES)
    borrowed = visitor(second, visitor(first).key).post(f"/v1/processes/{second.id}/visitors", AGREES)

    assert len({row.subject for row in world.rows(participant)}) == 2
    assert_problem(borrowed, 400, "visitor-key-missing")


@pytest.mark.parametrize("key", ["", "nonsense", "0" * 32 + "." + "A" * 32])
def test_a_key_that_this_process_did_not_make_opens_nothing(
    key: str, opened: Callable[..., Any], visitor: Any, world: Any
) -> None:
    process = opened()
    ana = visitor(process)
    ana.key = key

    assert_problem(ana.post(f"/v1/processes/{process.id}/visitors", AGREES), 400, "visitor-key-missing")
    assert_problem(ana.post(f"/v1/processes/{process.id}/proposals", TITLE), 403, "not-a-participant")
    assert world.rows(participant) == []


def test_two_visitors_with_one_idempotency_key_get_answers_of_their_own(
    opened: Callable[..., Any], visitor: Any, world: Any
) -> None:
    process = opened()
    replies = []

    for _ in range(2):
        who = visitor(process)
        who.post(f"/v1/processes/{process.id}/visitors", AGREES)
        headers = {"Visitor-Key": who.key, "Idempotency-Key": "form-number-1"}
        replies.append(who.client("POST", f"/v1/processes/{process.id}/proposals", TITLE, headers))

    assert len({reply.body["id"] for reply in replies}) == len(world.rows(proposal)) == 2


@pytest.mark.parametrize(("access", "slug"), [("registered", "account-needed"), ("verified", "account-needed")])
def test_a_process_for_accounts_lets_no_visitor_in(
    access: str, slug: str, opened: Callable[..., Any], visitor: Any
) -> None:
    process = opened(access)
    ana = visitor(process)

    assert_problem(ana.client.post(f"/v1/processes/{process.id}/visitor-keys"), 403, slug)
    assert_problem(ana.post(f"/v1/processes/{process.id}/visitors", AGREES), 403, slug)


def test_whoever_is_signed_in_joins_with_her_account(opened: Callable[..., Any], citizen: Any, visitor: Any) -> None:
    process = opened()
    ana = citizen()

    reply = ana("POST", f"/v1/processes/{process.id}/visitors", AGREES, {"Visitor-Key": visitor(process).key})

    assert_problem(reply, 403, "signed-in")


def test_a_closed_process_lets_nobody_in(world: Any, make: Any, visitor: Any) -> None:
    process = world.process(strategy=make.strategy(access=Access.OPEN), state=State.CLOSED)

    reply = visitor(process).post(f"/v1/processes/{process.id}/visitors", AGREES)

    assert_problem(reply, 409, "process-not-joinable")


def test_a_process_for_verified_people_takes_who_was_checked_alone(
    opened: Callable[..., Any], citizen: Callable[..., Client], app: App, speaker: Any, world: Any
) -> None:
    process = opened("verified")
    joining = {"displayName": "Ana", "agrees": True}

    refused = citizen().post(f"/v1/processes/{process.id}/participants", joining)
    ana = {"subject": "ana", "scopes": ["engagement.contribute"]}
    checked = speaker.context("engagement", ana, acr="idbb:acr:biometrics")
    taken = citizen()("POST", f"/v1/processes/{process.id}/participants", joining, {"Baraza-Context": checked})

    assert_problem(refused, 403, "identity-not-checked")
    assert taken.status == 201
    assert taken.body["ladderStep"] == Step.VERIFIED

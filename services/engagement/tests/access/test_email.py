"""Taking part with an address that answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from chassis.app import App
from chassis.clock import FixedClock
from chassis.tables import job
from chassis.testing.client import assert_problem
from engagement.participants.model import Step
from engagement.tables import participant, proof, proposal

TITLE = {"title": {"en": "Trees along the river"}}
AGREES = {"agrees": True}


def test_where_an_address_is_asked_for_a_key_alone_is_not_enough(opened: Callable[..., Any], visitor: Any) -> None:
    process = opened("email")

    reply = visitor(process).post(f"/v1/processes/{process.id}/visitors", AGREES)

    assert_problem(reply, 403, "proof-needed")


def test_a_proved_address_comes_in_one_step_higher(
    opened: Callable[..., Any], visitor: Any, proven: Callable[..., Any], world: Any
) -> None:
    process = opened("email")
    ana = visitor(process)

    confirmed = proven(ana, process, "ana@example.org")
    entered = ana.post(f"/v1/processes/{process.id}/visitors", AGREES)
    ana.post(f"/v1/processes/{process.id}/proposals", TITLE)

    assert confirmed.body["confirmed"] is True
    assert entered.body["ladderStep"] == Step.EMAIL
    assert world.rows(proposal)[0].ladder_step == Step.EMAIL


def test_one_mailbox_is_one_participant_in_whichever_browser(
    opened: Callable[..., Any], visitor: Any, proven: Callable[..., Any], world: Any
) -> None:
    process = opened("email")
    phone, desk = visitor(process), visitor(process)
    for browser, address in ((phone, "Ana.Lopez+x@gmail.com"), (desk, "analopez@googlemail.com")):
        proven(browser, process, address)

    first = phone.post(f"/v1/processes/{process.id}/visitors", AGREES)
    second = desk.post(f"/v1/processes/{process.id}/visitors", AGREES)

    assert (first.status, second.status) == (201, 200)
    assert first.body["id"] == second.body["id"]
    assert len(world.rows(participant)) == 1
    assert desk.post(f"/v1/processes/{process.id}/proposals", TITLE).status == 201


def test_an_address_stands_nowhere_readable_and_no_two_processes_share_its_digest(
    opened: Callable[..., Any], visitor: Any, app: App, world: Any
) -> None:
    processes = [opened("email"), opened("email")]
    for process in processes:
        visitor(process).post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": "ana@example.org"})

    with app.runtime.reading() as tx:
        stored = repr([tx.execute(select(each)).mappings().all() for each in (proof, job)])

    assert "example.org" not in stored
    assert len({row.address_digest for row in world.rows(proof)}) == 2


def test_a_wrong_code_is_counted_and_the_sixth_try_is_over_even_if_right(
    code_in: Any,
    opened: Callable[..., Any],
    visitor: Any,
    delivered: Any,
    world: Any,
) -> None:
    process = opened("email")
    ana = visitor(process)
    asked = ana.post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": "ana@example.org"})
    right = code_in(delivered()[0])
    wrong = "000000" if right != "000000" else "111111"
    address = f"/v1/proofs/{asked.body['id']}/confirmation"

    for _ in range(5):
        assert_problem(ana.post(address, {"code": wrong}), 400, "code-wrong")

    assert_problem(ana.post(address, {"code": right}), 409, "proof-over")
    assert world.rows(proof)[0].tries == 5


def test_a_code_is_good_for_half_an_hour_and_for_one_visitor(
    code_in: Any,
    opened: Callable[..., Any],
    visitor: Any,
    delivered: Any,
    clock: FixedClock,
) -> None:
    process = opened("email")
    ana, bea = visitor(process), visitor(process)
    asked = ana.post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": "ana@example.org"})
    code, address = code_in(delivered()[0]), f"/v1/proofs/{asked.body['id']}/confirmation"

    assert_problem(bea.post(address, {"code": code}), 404, "not-found")
    clock.move(minutes=30)

    assert_problem(ana.post(address, {"code": code}), 409, "proof-over")


def test_an_address_gets_four_codes_an_hour_however_it_is_spelled(
    opened: Callable[..., Any], visitor: Any, clock: FixedClock
) -> None:
    process = opened("email")
    spellings = ["ana@example.org", "ANA@example.org", "ana+1@example.org", "ana+2@example.org", "ana+3@example.org"]

    def ask(address: str) -> Any:
        return visitor(process).post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": address})

    replies = [ask(address) for address in spellings]
    clock.move(minutes=61)

    assert [reply.status for reply in replies] == [201, 201, 201, 201, 409]
    assert_problem(replies[-1], 409, "too-many-codes")
    assert ask("ana@example.org").status == 201


@pytest.mark.parametrize("address", ["nobody", "a@b", "ana@yopmail.com", "ana@x.mailinator.com", "+x@example.org"])
def test_an_address_that_proves_nobody_is_refused(
    address: str, opened: Callable[..., Any], visitor: Any, world: Any
) -> None:
    process = opened("email")

    reply = visitor(process).post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": address})

    assert_problem(reply, 400, "address-refused")
    assert world.rows(proof) == world.rows(job) == []


def test_the_letter_speaks_the_visitors_language_and_is_sent_once(
    opened: Callable[..., Any], visitor: Any, app: App, messaging: Any
) -> None:
    process = opened("email")
    body = {"way": "email", "address": "ana@example.org", "language": "ca"}
    visitor(process).post(f"/v1/processes/{process.id}/proofs", body)
    runtime = replace(app.runtime, peers=messaging)
    with app.runtime.reading() as tx:
        payload = tx.execute(select(job.c.payload)).scalar_one()

    for _ in range(2):
        runtime.service.jobs["send-code"](runtime, payload, app.runtime.clock())

    (letter,) = messaging.letters.values()
    assert letter["emailContent"]["title"].startswith("El vostre codi: ")
    assert "Green streets" in letter["emailContent"]["content"]
    assert letter["recipientInfo"] == {"email": "ana@example.org"}
    assert b"example.org" not in orjson.dumps(payload)


def test_old_proofs_are_forgotten(
    opened: Callable[..., Any], visitor: Any, app: App, world: Any, clock: FixedClock
) -> None:
    process = opened("email")
    visitor(process).post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": "ana@example.org"})
    forget = next(tick.run for tick in app.runtime.service.ticks if tick.name == "old-proofs")

    forget(app.runtime)
    assert len(world.rows(proof)) == 1
    clock.move(days=8)
    forget(app.runtime)

    assert world.rows(proof) == []

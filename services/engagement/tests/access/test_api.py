"""Taking part without an account, through the door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from chassis import jobs
from chassis.app import App
from chassis.clock import FixedClock
from chassis.http_client import PeerClient
from chassis.tables import job
from chassis.testing.client import Client, assert_problem
from engagement.participants.model import Step
from engagement.processes.model import State
from engagement.strategy.model import Access
from engagement.tables import participant, process_log, proof, proposal

TITLE = {"title": {"en": "Trees along the river"}}
AGREES = {"agrees": True}


class Messaging(PeerClient):
    """Messaging as it answers; the letters that it was given are in `letters`, by their key."""

    def __init__(self) -> None:
        self.letters: dict[str, Any] = {}

    def call(self, application: str, verb: str, path: str, **asked: Any) -> Any:
        assert (application, verb, path) == ("messaging", "POST", "/send/email/single")
        self.letters[asked["idempotency_key"]] = asked["body"]


@pytest.fixture
def opened(world: Any, make: Any) -> Callable[..., Any]:
    """`opened("email")` is an open process with that access."""
    return lambda access="open": world.process(strategy=make.strategy(access=Access(access)))


@pytest.fixture
def delivered(app: App) -> Callable[[], list[Any]]:
    """Run what is due; the letters that left."""

    def run() -> list[Any]:
        messaging = Messaging()
        with ThreadPoolExecutor(1) as pool:
            jobs.run_due(replace(app.runtime, peers=messaging), pool)
        return list(messaging.letters.values())

    return run


@pytest.fixture
def proven(delivered: Callable[[], list[Any]]) -> Callable[..., Any]:
    """The visitor asks for a code and reads it back."""

    def prove(who: Any, process: Any, address: str) -> Any:
        asked = who.post(f"/v1/processes/{process.id}/proofs", {"way": "email", "address": address})
        assert asked.status == 201, asked
        return who.post(f"/v1/proofs/{asked.body['id']}/confirmation", {"code": code_in(delivered()[0])})

    return prove


def code_in(letter: Any) -> str:
    return str(letter["emailContent"]["title"]).rpartition(" ")[2]


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
    opened: Callable[..., Any], visitor: Any, delivered: Callable[[], list[Any]], world: Any
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
    opened: Callable[..., Any], visitor: Any, delivered: Callable[[], list[Any]], clock: FixedClock
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
    opened: Callable[..., Any], visitor: Any, app: App
) -> None:
    process, messaging = opened("email"), Messaging()
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

"""From the last phase to published answers."""

import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.comments import store as comments
from engagement.evaluation import actions, store
from engagement.participants import store as participants
from engagement.processes.model import State
from engagement.proposals import store as proposals
from engagement.proposals.model import Decision, Verification
from engagement.tables import audit, decision

VALID = {"outcome": "valid"}
ACCEPT = {"outcome": "accepted", "reasonCode": "included_in_plan"}


def test_a_repeated_verification_changes_nothing(
    official: Callable[..., Client], world: Any, clock: FixedClock
) -> None:
    its = f"/v1/proposals/{world.proposal(world.process(state=State.CLOSED)).id}/verification"

    first = official().put(its, VALID | {"note": "Checked against the register."})
    clock.move(minutes=5)
    second = official("otto").put(its, VALID)

    assert first.body == second.body
    (row,) = world.rows(audit)
    assert (row.action, row.by, row.reason) == ("proposal found valid", "olga", "Checked against the register.")


def test_what_is_invalid_is_out_of_figures_and_counts_until_it_is_valid_again(
    official: Callable[..., Client], public: Client, world: Any, settle: Callable[[], None], app: App
) -> None:
    process = world.process(state=State.CLOSED)
    proposal = world.proposal(process)
    its = f"/v1/proposals/{proposal.id}/verification"
    seen = []

    for outcome in ("valid", "invalid", "invalid", "valid"):
        official().put(its, {"outcome": outcome})
        settle()
        figures = public.get(f"/v1/processes/{process.id}/figures").body
        seen.append((figures["proposals"], public.get(f"/v1/processes/{process.id}").body["counts"]["proposals"]))

    assert seen == [
        (1, 0),
        (0, -1),
        (0, -1),
        (1, 0),
    ]  # nothing told the counts that it was published: they fold changes


def test_input_is_verified_after_the_last_phase(official: Callable[..., Client], world: Any) -> None:
    its = f"/v1/proposals/{world.proposal(world.process()).id}/verification"

    assert_problem(official().put(its, VALID), 409, "not-sealed")


def test_input_is_sealed_when_all_of_it_was_checked(official: Callable[..., Client], world: Any) -> None:
    process, olga = world.process(state=State.CLOSED), official()
    pending = [world.proposal(process, number=number) for number in range(2)]
    world.proposal(process, number=7, state="hidden", status="hidden")
    world.draft(process, world.participant(process))
    seal = f"/v1/processes/{process.id}/seal"

    refused = olga.post(seal)
    for each in pending:
        olga.put(f"/v1/proposals/{each.id}/verification", VALID)
    sealed = olga.post(seal)

    assert_problem(refused, 409, "not-verified")
    assert refused.body["detail"].startswith("2 ")
    assert sealed.body["state"] == "analysing"
    assert_problem(olga.post(seal), 409, "not-sealed")
    assert_problem(olga.put(f"/v1/proposals/{pending[0].id}/verification", {"outcome": "invalid"}), 409, "not-sealed")
    assert len(world.events("engagement.results-sealed.v1")) == 1


def test_input_is_not_sealed_while_a_phase_is_open(official: Callable[..., Client], world: Any) -> None:
    assert_problem(official().post(f"/v1/processes/{world.process().id}/seal"), 409, "not-sealed")


def test_a_decision_may_change_while_it_is_internal(official: Callable[..., Client], world: Any) -> None:
    process = world.process(state=State.ANALYSING)
    its = f"/v1/proposals/{world.proposal(process, verification=Verification.VALID).id}/decision"
    rejection = {
        "outcome": "rejected",
        "reasonCode": "infeasible",
        "reason": {"en": "There is no space for it beside the new cycle lane."},
    }

    first, second = official().put(its, ACCEPT), official("otto").put(its, rejection)

    assert (first.body["outcome"], second.body["outcome"]) == ("accepted", "rejected")
    assert second.body["publishedAt"] is None
    (row,) = world.rows(decision)
    assert (row.outcome, row.decided_by) == ("rejected", "otto")
    assert {each.action for each in world.rows(audit)} == {"decided accepted", "decided rejected"}
    assert world.events() == []


@pytest.mark.parametrize(
    ("ruling", "slug"),
    [
        ({"outcome": "rejected", "reasonCode": "infeasible"}, "reason-missing"),
        ({"outcome": "rejected", "reasonCode": "infeasible", "reason": {"en": "no"}}, "reason-missing"),
        ({"outcome": "accepted", "reasonCode": "other"}, "reason-missing"),
        ({"outcome": "rejected", "reasonCode": "not_recorded", "reason": {"en": "We know."}}, "reason-is-recorded"),
        ({"outcome": "maybe", "reasonCode": "other"}, "invalid"),
        ({"outcome": "accepted"}, "invalid"),
        (b"{", "invalid"),
    ],
)
def test_a_decision_without_its_reason_is_refused(
    official: Callable[..., Client], world: Any, ruling: Any, slug: str
) -> None:
    proposal = world.proposal(world.process(state=State.ANALYSING), verification=Verification.VALID)

    assert_problem(official().put(f"/v1/proposals/{proposal.id}/decision", ruling), 400, slug)


def test_answers_are_published_together_and_once(
    official: Callable[..., Client], public: Client, world: Any, make: ModuleType
) -> None:
    process = world.process(state=State.ANALYSING)
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    world.participant(process, "eve")
    decided, open_ = (world.proposal(process, ana, number=number, verification=Verification.VALID) for number in (1, 2))
    world.proposal(process, ana, number=3, verification=Verification.INVALID, status="invalidated")
    for _ in range(2):
        world.comment(decided, ben)
    publish, olga = f"/v1/processes/{process.id}/answers", official()
    olga.put(f"/v1/proposals/{decided.id}/decision", ACCEPT)

    refused = olga.post(publish)
    olga.put(f"/v1/proposals/{open_.id}/decision", ACCEPT)
    published = olga.post(publish)
    again = olga.post(publish)

    assert_problem(refused, 409, "undecided")
    assert refused.body["detail"].startswith("1 ")
    assert published.body["state"] == "decided"
    assert_problem(again, 409, "not-sealed")
    due = [row.data for row in world.events("engagement.feedback-due.v1")]
    assert {each["recipient"] for each in due} == {"entry-ana", "entry-ben"}
    assert len(due) == 2
    assert {row.data["proposalId"] for row in world.events("engagement.decision-published.v1")} == {
        str(decided.id),
        str(open_.id),
    }
    assert len(world.events("engagement.process-decided.v1")) == 1
    assert public.get(f"/v1/proposals/{decided.id}").body["decision"]["publishedAt"]
    assert_problem(olga.put(f"/v1/proposals/{decided.id}/decision", ACCEPT), 409, "not-sealed")


def test_what_a_moderator_restored_after_the_seal_is_verified_and_decided(
    official: Callable[..., Client], moderator: Client, world: Any
) -> None:
    process, olga = world.process(state=State.ANALYSING), official()
    late = world.proposal(process, state="hidden", status="hidden")
    act = {"subject": {"kind": "proposal", "id": str(late.id)}, "rule": "spam", "reason": "It is none."}

    moderator.post("/v1/moderation/restorations", act)

    assert_problem(olga.post(f"/v1/processes/{process.id}/answers"), 409, "undecided")
    assert_problem(olga.put(f"/v1/proposals/{late.id}/decision", ACCEPT), 409, "not-verified")
    assert olga.put(f"/v1/proposals/{late.id}/verification", VALID).status == 200
    assert olga.put(f"/v1/proposals/{late.id}/decision", ACCEPT).status == 200
    assert olga.post(f"/v1/processes/{process.id}/answers").status == 200


def test_hundreds_of_answers_are_published_in_one_breath(
    app: App, world: Any, make: ModuleType, statements: Any
) -> None:
    process = world.process(state=State.ANALYSING)
    with app.runtime.transaction() as tx:
        people = [make.participant(process.id, f"person-{number}") for number in range(450)]
        for person in people:
            participants.add(tx, person, app.runtime.sealer)
        for number in range(723):
            author = people[number % 300]
            proposal = make.proposal(process.id, author, number=number, verification=Verification.VALID)
            proposals.add(tx, proposal)
            made = Decision(proposal.id, "accepted", "other", {"en": "Good."}, make.NOON)
            store.save(tx, process.id, [made], "olga")
        for person in people[300:]:
            comments.add(tx, make.comment(proposal, person))

    started = time.perf_counter()
    with statements() as said, app.runtime.transaction() as tx:
        actions.publish(tx, process.id, by=make.OFFICIAL, at=make.NOON)
    took = time.perf_counter() - started

    assert len(world.events("engagement.feedback-due.v1")) == 450
    assert len(world.events("engagement.decision-published.v1")) == 723
    assert len(said) < 12
    assert took < 5


@pytest.mark.parametrize(
    ("verb", "address", "body", "scope"),
    [
        ("PUT", "/v1/proposals/{proposal}/verification", VALID, "verify"),
        ("PUT", "/v1/proposals/{proposal}/decision", ACCEPT, "decide"),
        ("POST", "/v1/processes/{process}/seal", None, "verify"),
        ("POST", "/v1/processes/{process}/answers", None, "decide"),
    ],
)
def test_officials_alone_evaluate(
    client: Callable[..., Client],
    official: Callable[..., Client],
    world: Any,
    verb: str,
    address: str,
    body: Any,
    scope: str,
) -> None:
    process = world.process(state=State.CLOSED)
    proposal = world.proposal(process)
    its = address.format(process=process.id, proposal=proposal.id)

    without_scope = client(subject="olga", roles=["official"], scopes=["engagement.read"])
    without_role = client(subject="eve", roles=["participant"], scopes=[f"engagement.{scope}"])
    assert_problem(without_scope(verb, its, body), 403, "missing-scope")
    assert_problem(without_role(verb, its, body), 403, "not-an-official")
    unknown = address.format(process=ids.new(), proposal=ids.new())
    assert_problem(official()(verb, unknown, body), 404, "not-found")

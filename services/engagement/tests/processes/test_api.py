"""The door of processes."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.clock import text
from chassis.testing.client import Client, assert_problem
from engagement.phases.model import PhaseState
from engagement.processes.model import Limits, State
from engagement.strategy.model import Strategy

DRAFT = {"slug": "green-streets", "title": {"en": "Green streets"}, "languages": ["en"]}


def test_a_draft_is_kept_with_its_defaults(official: Callable[..., Client], world: Any) -> None:
    reply = official().post("/v1/processes", DRAFT)

    assert reply.status == 201
    assert reply.body["limits"]["titleMax"] == Limits().title_max
    assert "/strategy/objective" in reply.body["missing"]
    assert [event.type for event in world.events()] == ["engagement.process-drafted.v1"]


def test_a_draft_is_for_staff(official: Callable[..., Client], citizen: Callable[..., Client], public: Client) -> None:
    its = f"/v1/processes/{official().post('/v1/processes', DRAFT).body['id']}"

    assert official("otto").get(its).status == 200
    for other in (citizen(), public):
        assert_problem(other.get(its), 404, "not-found")
        assert other.get("/v1/processes").body["items"] == []
        for part in ("proposals", "figures", "moderation-log", "similar-proposals?title=abc"):
            assert_problem(other.get(f"{its}/{part}"), 404, "not-found")


def test_an_incomplete_strategy_is_refused_with_each_missing_field(official: Callable[..., Client]) -> None:
    olga = official()
    its = f"/v1/processes/{olga.post('/v1/processes', DRAFT).body['id']}"

    reply = olga.post(f"{its}/review")

    assert_problem(reply, 400, "strategy-incomplete")
    assert "/strategy/feedbackDueDate" in [each["pointer"] for each in reply.body["errors"]]


def test_four_eyes_see_a_process_before_it_is_announced(official: Callable[..., Client], world: Any) -> None:
    process = world.process(state=State.IN_REVIEW, author="olga", approved_by=None)
    approval = f"/v1/processes/{process.id}/approval"

    assert_problem(official("olga").post(approval), 403, "four-eyes")
    assert official("otto").post(approval).body["state"] == "scheduled"
    assert_problem(official("otto").post(approval), 409, "not-in-review")


def test_a_draft_that_someone_else_changed_is_stale(official: Callable[..., Client]) -> None:
    olga = official()
    its = f"/v1/processes/{olga.post('/v1/processes', DRAFT).body['id']}"

    assert olga.put(its, DRAFT | {"version": 1}).body["version"] == 2
    assert_problem(official("otto").put(its, DRAFT | {"version": 1}), 409, "stale")


def test_a_slug_is_taken_once(official: Callable[..., Client]) -> None:
    olga = official()
    olga.post("/v1/processes", DRAFT)
    other = olga.post("/v1/processes", DRAFT | {"slug": "other"}).body

    assert_problem(olga.post("/v1/processes", DRAFT), 409, "slug-taken")
    assert_problem(olga.put(f"/v1/processes/{other['id']}", DRAFT | {"version": 1}), 409, "slug-taken")


def test_a_phase_moves_and_the_scheduler_hears_it(
    official: Callable[..., Client], world: Any, make: ModuleType
) -> None:
    process = world.process()
    address = f"/v1/processes/{process.id}/phases/{process.phases[0].id}"
    instants = {"opensAt": text(make.NOON - make.DAY), "closesAt": "2026-06-05T12:00:00+02:00"}

    reply = official().put(address, instants)

    assert reply.body["phases"][0]["closesAt"] == "2026-06-05T10:00:00.000Z"
    assert world.events("engagement.phase-rescheduled.v1")[0].data["closesAt"] == "2026-06-05T10:00:00.000Z"
    assert_problem(official().put(address, instants | {"closesAt": instants["opensAt"]}), 400, "phase-order")
    elsewhere = f"/v1/processes/{process.id}/phases/{ids.new()}"
    assert_problem(official().put(elsewhere, instants), 404, "not-found")


def test_what_is_over_does_not_move(official: Callable[..., Client], world: Any, make: ModuleType) -> None:
    process = world.process(phases=(make.phase(state=PhaseState.CLOSED),), state=State.CLOSED)
    instants = {"opensAt": text(make.NOON), "closesAt": text(make.NOON + make.DAY)}

    reply = official().put(f"/v1/processes/{process.id}/phases/{process.phases[0].id}", instants)

    assert_problem(reply, 409, "phase-is-over")


def test_a_repeat_under_one_key_is_the_first_answer(official: Callable[..., Client], world: Any) -> None:
    olga = official()

    first, second = (olga.post("/v1/processes", DRAFT, Idempotency_Key="draft-0001") for _ in range(2))

    assert (first.status, first.body) == (second.status, second.body)
    assert len(world.events()) == 1
    other = olga.post("/v1/processes", DRAFT | {"slug": "other"}, Idempotency_Key="draft-0001")
    assert_problem(other, 409, "idempotency-key-reused")


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", DRAFT | {"slug": "No Slug"}, DRAFT | {"state": "open"}, {"slug": "green-streets"}],
)
def test_a_malformed_draft_is_refused(official: Callable[..., Client], body: Any) -> None:
    assert_problem(official().post("/v1/processes", body), 400, "invalid")


def test_officials_alone_work_on_a_process(client: Callable[..., Client], world: Any) -> None:
    process = world.process(state=State.DRAFT, strategy=Strategy())
    scopes = ["engagement.draft", "engagement.approve", "engagement.read"]
    stranger = client(subject="eve", roles=["participant"], scopes=scopes)

    for verb, address, body in (
        ("POST", "/v1/processes", DRAFT),
        ("POST", f"/v1/processes/{process.id}/review", None),
        ("POST", f"/v1/processes/{process.id}/approval", None),
    ):
        assert_problem(stranger(verb, address, body), 403, "not-an-official")


def test_a_call_without_its_scope_is_refused(client: Callable[..., Client]) -> None:
    assert_problem(client(subject="olga", roles=["official"]).post("/v1/processes", DRAFT), 403, "missing-scope")


@pytest.mark.parametrize("context", ["", "forged", None])
def test_a_call_without_the_mediators_word_is_not_answered(public: Client, context: str | None, speaker: Any) -> None:
    said = speaker.context("consent", {"scopes": ["engagement.read"]}) if context is None else context

    assert_problem(public("GET", "/v1/processes", headers={"Baraza-Context": said}), 401, "unauthenticated")


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WzEsMl0", "WyIyMDI2IiwgIngiXQ"])
def test_a_cursor_that_no_page_gave_is_refused(public: Client, cursor: str) -> None:
    assert_problem(public.get(f"/v1/processes?cursor={cursor}"), 400, "bad-cursor")


def test_a_list_is_read_page_by_page(public: Client, world: Any) -> None:
    for _ in range(5):
        world.process()
    seen: list[str] = []

    cursor: str | None = ""
    while cursor is not None:
        reply = public.get(f"/v1/processes?limit=2{cursor and f'&cursor={cursor}'}")
        seen += [each["id"] for each in reply.body["items"]]
        cursor = reply.body["next"]

    assert len(seen) == len(set(seen)) == 5


def test_a_process_is_found_by_its_slug_and_state(public: Client, world: Any) -> None:
    wanted = world.process(slug="wanted")
    world.process()

    found = public.get("/v1/processes?slug=wanted&state=open").body["items"]

    assert [each["id"] for each in found] == [str(wanted.id)]
    assert public.get("/v1/processes?state=draft").body["items"] == []


def test_what_does_not_exist_is_not_found(public: Client) -> None:
    assert_problem(public.get(f"/v1/processes/{ids.new()}"), 404, "not-found")

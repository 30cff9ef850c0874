"""Entering responses that came in elsewhere."""

from collections.abc import Callable
from typing import Any

from chassis.testing.client import Client, assert_problem
from engagement.receipts import store as receipts
from engagement.tables import audit, process_log, response, survey_quota

from .conftest import ANSWERS, Place, definition, quota

Json = dict[str, Any]


def entry(number: int = 1, **values: Any) -> Json:
    return {"reference": f"sheet-{number}", "answers": ANSWERS} | values


def batch(*entries: Json, channel: str = "paper") -> Json:
    return {"channel": channel, "responses": list(entries)}


def test_a_batch_counts_as_a_whole(official: Callable[..., Client], place: Place, world: Any) -> None:
    band = {"age_band": "25-34"}
    first = entry(1, weight=0.75, profile=band, language="ca", at="2026-05-30T09:00:00Z")

    done = official().post(f"{place.its}/entries", batch(first, entry(2, answers={"age": 7})))

    assert (done.status, done.body) == (201, {"entered": 2, "known": 0})
    rows = {row.actor_key: row for row in world.rows(response)}
    kept = rows["source:sheet-1"]
    assert (kept.weight, kept.profile, kept.language, kept.channel) == (0.75, band, "ca", "paper")
    assert (kept.status, kept.participant_id, kept.at.day) == ("counted", None, 30)
    assert rows["source:sheet-2"].answers == {"age": 7}
    assert [row.type for row in world.events()] == ["engagement.response-submitted.v1"] * 2
    assert [row.action for row in world.rows(audit)] == ["responses entered"]
    with world.app.runtime.reading() as tx:
        assert receipts.checked(tx) == (None, 2)


def test_what_was_entered_before_is_passed_over(official: Callable[..., Client], place: Place, world: Any) -> None:
    official().post(f"{place.its}/entries", batch(entry(1), entry(2)))

    again = official().post(f"{place.its}/entries", batch(entry(2, answers={}), entry(3)))

    assert again.body == {"entered": 1, "known": 1}
    assert len(world.rows(response)) == len(world.rows(process_log)) == 3


def test_a_fault_refuses_the_whole_batch(official: Callable[..., Client], place: Place, world: Any) -> None:
    for wrong, pointer in (
        (entry(2, answers={"age": "old"}), "/responses/1/answers/age"),
        (entry(2, answers={"shoe": 42}), "/responses/1/answers/shoe"),
        (entry(2, at="2030-01-01T00:00:00Z"), "/responses/1/at"),
        (entry(1), "/responses/1/reference"),
    ):
        refused = official().post(f"{place.its}/entries", batch(entry(1), wrong))
        assert_problem(refused, 400, "entry-refused")
        assert [each["pointer"] for each in refused.body["errors"]] == [pointer]
    assert world.rows(response) == world.rows(process_log) == world.events() == []


def test_quotas_count_what_is_entered_and_refuse_none(
    official: Callable[..., Client], opened: Callable[..., Place], world: Any
) -> None:
    place = opened(definition(quotas=[quota(1)]))

    official().post(f"{place.its}/entries", batch(*(entry(number) for number in range(3))))

    assert [row.taken for row in world.rows(survey_quota)] == [3]


def test_officials_alone_enter(client: Callable[..., Client], place: Place, world: Any) -> None:
    citizen = client(subject="ana", roles=["participant"], scopes=["engagement.enter"])

    assert_problem(citizen.post(f"{place.its}/entries", batch(entry())), 403, "not-an-official")
    assert world.rows(response) == []


def test_a_batch_has_at_most_500(official: Callable[..., Client], place: Place) -> None:
    many = batch(*(entry(number, answers={}) for number in range(501)))

    assert official().post(f"{place.its}/entries", many).status == 400
    assert official().post(f"{place.its}/entries", batch()).status == 400

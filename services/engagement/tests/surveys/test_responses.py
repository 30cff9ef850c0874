"""The door of responses: page by page, at once, changed and withdrawn."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from types import ModuleType
from typing import Any

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.receipts import store as receipts
from engagement.surveys import store as surveys
from engagement.surveys.model import Survey
from engagement.tables import process_log, response

from .conftest import ANSWERS, Place, saved, walked

Json = dict[str, Any]


def closed(world: Any, place: Place) -> Survey:
    survey = place.survey.closed()
    with world.app.runtime.transaction() as tx:
        surveys.save(tx, survey)
    return survey


def test_a_response_goes_from_the_first_page_to_its_receipt(
    ana: Client, public: Client, place: Place, world: Any
) -> None:
    begun = ana.post(f"{place.its}/my-response", {"language": "ca"})
    assert (begun.status, begun.body["next"]) == (201, {"to": "page", "page": "who"})
    assert "key" not in begun.body
    assert saved(ana, place, "who", answers={"age": 40})["next"] == {"to": "page", "page": "riding"}
    assert saved(ana, place, "riding", answers={"rides": "no"})["next"] == {"to": "page", "page": "last"}
    check = saved(ana, place, "last", answers={"words": "More shade, please."})
    assert (check["next"], check["pages"]) == ({"to": "check"}, ["who", "riding", "last"])
    assert world.rows(process_log) == []

    sent = ana.post(f"{place.its}/my-response/submission").body

    assert (sent["state"], sent["status"], sent["language"]) == ("submitted", "counted", "ca")
    (row,) = world.rows(response)
    assert row.answers == {"age": 40, "rides": "no", "words": "More shade, please."}
    assert (row.unsent, row.revision, row.ladder_step, row.channel) == (None, 1, 3, "web")
    receipt = public.get(f"/v1/receipts/{sent['receipt']['code']}").body
    assert (receipt["kind"], receipt["status"]) == ("response", "counted")
    (told,) = world.events()
    assert (told.type, told.key) == ("engagement.response-submitted.v1", str(place.survey.id))
    assert set(told.data) == {"processId", "surveyId", "responseId", "contributionId"}


def test_answers_at_once_count_in_six_statements(
    ana: Client, place: Place, world: Any, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with statements() as said:
        sent = ana.post(f"{place.its}/responses", {"answers": ANSWERS})

    assert (sent.status, sent.body["status"]) == (201, "counted")
    assert len(said) == 6
    assert [row.answers for row in world.rows(response)] == [ANSWERS]


def test_a_repeat_under_one_key_is_one_response(ana: Client, place: Place, world: Any) -> None:
    first, again = (
        ana.post(f"{place.its}/responses", {"answers": ANSWERS}, Idempotency_Key="once-only") for _ in range(2)
    )

    assert first.body == again.body
    assert len(world.rows(response)) == len(world.rows(process_log)) == 1


def test_one_person_answers_once(ana: Client, citizen: Callable[..., Client], place: Place, world: Any) -> None:
    ana.post(f"{place.its}/responses", {"answers": ANSWERS})

    assert_problem(ana.post(f"{place.its}/responses", {"answers": ANSWERS}), 409, "already-answered")
    assert citizen("ben").post(f"{place.its}/responses", {"answers": ANSWERS}).status == 201
    assert len(world.rows(response)) == len(world.rows(process_log)) == 2


def test_answers_at_once_take_the_place_of_what_was_begun(ana: Client, place: Place, world: Any) -> None:
    begun = ana.post(f"{place.its}/my-response", {}).body
    saved(ana, place, "who", answers={"age": 9})

    sent = ana.post(f"{place.its}/responses", {"answers": ANSWERS}).body

    assert sent["id"] == begun["id"]
    (row,) = world.rows(response)
    assert (row.answers, row.unsent, row.state) == (ANSWERS, None, "submitted")
    assert ana.get(f"{place.its}/my-response").body["answers"] == ANSWERS


def test_hidden_questions_leave_no_answer(ana: Client, place: Place, world: Any) -> None:
    given = ANSWERS | {"rides": "no", "why": "It is dear."}

    ana.post(f"{place.its}/responses", {"answers": given})

    assert world.rows(response)[0].answers == {"age": 40, "rides": "no", "words": "More shade, please."}


def test_answers_that_do_not_fit_are_refused_with_their_places(ana: Client, place: Place, world: Any) -> None:
    for given, errors in (
        ({}, {"/answers/age", "/answers/rides"}),
        ({"age": 40, "rides": "yes"}, {"/answers/often"}),
        ({"age": 40, "rides": "yes", "often": 1}, {"/answers/why"}),
        ({"age": -1, "rides": "perhaps", "shoe": 5}, {"/answers/age", "/answers/rides", "/answers/shoe"}),
        ({"age": 40, "rides": "no", "words": "x" * 201}, {"/answers/words"}),
    ):
        refused = ana.post(f"{place.its}/responses", {"answers": given})
        assert_problem(refused, 400, "answer-refused")
        assert {each["pointer"] for each in refused.body["errors"]} == errors
    assert world.rows(response) == world.rows(process_log) == world.events() == []


def test_a_page_that_lacks_an_answer_keeps_none(ana: Client, place: Place) -> None:
    ana.post(f"{place.its}/my-response", {})

    for sent in ({}, {"age": "forty"}):
        refused = ana.put(f"{place.its}/my-response/pages/who", {"answers": sent})
        assert_problem(refused, 400, "answer-refused")
        assert [each["pointer"] for each in refused.body["errors"]] == ["/answers/age"]
    assert ana.get(f"{place.its}/my-response").body["answers"] == {}


def test_a_page_is_kept_unfinished_to_go_on_later(ana: Client, place: Place) -> None:
    ana.post(f"{place.its}/my-response", {})
    saved(ana, place, "who", answers={"age": 40})

    kept = saved(ana, place, "riding", answers={"often": 4}, complete=False)

    assert kept["next"] == {"to": "page", "page": "riding"}
    back = ana.post(f"{place.its}/my-response", {})
    assert (back.status, back.body["next"]) == (200, {"to": "page", "page": "riding"})
    assert back.body["answers"] == {"age": 40, "often": 4}


def test_a_page_follows_itself_while_it_shows_what_was_not_seen(ana: Client, place: Place) -> None:
    """Without scripts, a question that an answer of the same page shows is met on the next view of that page."""
    ana.post(f"{place.its}/my-response", {})
    saved(ana, place, "who", answers={"age": 40})

    again = saved(ana, place, "riding", answers={"rides": "yes"}, seen=["rides"])
    assert again["next"] == {"to": "page", "page": "riding"}
    again = saved(ana, place, "riding", answers={"rides": "yes", "often": 2}, seen=["rides", "often"])
    assert again["next"] == {"to": "page", "page": "riding"}
    on = saved(
        ana, place, "riding", answers={"rides": "yes", "often": 2, "why": "Dear."}, seen=["rides", "often", "why"]
    )

    assert on["next"] == {"to": "page", "page": "last"}


def test_going_back_keeps_the_answers_and_may_change_the_way(ana: Client, place: Place, world: Any) -> None:
    walked(ana, place)
    page = ana.get(f"{place.its}/my-response/pages/riding").body
    assert (page["answers"], page["before"]) == ({"rides": "yes", "often": 5}, "who")

    changed = saved(ana, place, "who", answers={"age": 9})

    assert (changed["next"], changed["pages"]) == ({"to": "check"}, ["who"])
    assert changed["ending"] == {"en": "Thank you, that is all."}
    assert_problem(ana.get(f"{place.its}/my-response/pages/riding"), 409, "page-not-met")
    refused = ana.put(f"{place.its}/my-response/pages/riding", {"answers": {}})
    assert_problem(refused, 409, "page-not-met")
    ana.post(f"{place.its}/my-response/submission")
    assert world.rows(response)[0].answers == {"age": 9}


def test_what_counts_stays_until_changes_are_submitted(
    ana: Client, public: Client, place: Place, world: Any, settle: Callable[[], None]
) -> None:
    walked(ana, place)
    first = ana.post(f"{place.its}/my-response/submission").body
    kept = saved(ana, place, "last", answers={"words": "And benches."})
    assert kept["unsent"] is True
    assert world.rows(response)[0].answers["words"] == "More shade, please."

    second = ana.post(f"{place.its}/my-response/submission").body

    assert second["id"] == first["id"]
    (row,) = world.rows(response)
    assert (row.answers["words"], row.unsent) == ("And benches.", None)
    codes = [each["receipt"]["code"] for each in (first, second)]
    assert [public.get(f"/v1/receipts/{code}").body["status"] for code in codes] == ["withdrawn", "counted"]
    told = [row for row in world.events() if row.type.startswith("engagement.response")]
    assert [row.type for row in told] == ["engagement.response-submitted.v1", "engagement.response-changed.v1"]
    assert told[1].data["replacedId"] == told[0].data["contributionId"]
    settle()
    with world.app.runtime.reading() as tx:
        assert receipts.checked(tx) == (None, 2)


def test_answers_that_are_final_are_not_changed(ana: Client, opened: Callable[..., Place]) -> None:
    place = opened(editable=False)
    walked(ana, place)
    ana.post(f"{place.its}/my-response/submission")

    for refused in (
        ana.post(f"{place.its}/my-response", {}),
        ana.put(f"{place.its}/my-response/pages/last", {"answers": {}}),
        ana.post(f"{place.its}/my-response/submission"),
        ana.delete(f"{place.its}/my-response"),
    ):
        assert_problem(refused, 409, "already-answered")
    assert ana.get(f"{place.its}/my-response").body["status"] == "counted"


def test_a_response_is_withdrawn_and_given_again(ana: Client, public: Client, place: Place, world: Any) -> None:
    first = ana.post(f"{place.its}/responses", {"answers": ANSWERS}).body

    for _ in range(2):
        assert ana.delete(f"{place.its}/my-response").status == 204

    assert [row.status for row in world.rows(response)] == ["withdrawn"]
    assert public.get(f"/v1/receipts/{first['receipt']['code']}").body["status"] == "withdrawn"
    again = ana.post(f"{place.its}/responses", {"answers": ANSWERS}).body
    assert (again["id"], again["status"]) == (first["id"], "counted")
    told = [row.type.split(".")[1] for row in world.events()]
    assert told == ["response-submitted", "response-withdrawn", "response-submitted"]


def test_answers_are_taken_in_time_from_participants_alone(
    ana: Client, citizen: Callable[..., Client], opened: Callable[..., Place], world: Any, make: ModuleType
) -> None:
    over = make.phase(closes_at=make.NOON - timedelta(hours=1))
    late = opened(process=world.process(phases=(over,)))
    shut = opened()
    closed(world, shut)
    running = opened()

    for its, who, status, slug in (
        (late.its, ana, 409, "phase-closed"),
        (shut.its, ana, 409, "survey-closed"),
        (running.its, citizen("eve"), 403, "not-a-participant"),
        (f"/v1/surveys/{ids.new()}", ana, 404, "not-found"),
    ):
        assert_problem(who.post(f"{its}/responses", {"answers": ANSWERS}), status, slug)
        assert_problem(who.post(f"{its}/my-response", {}), status, slug)
    assert world.rows(response) == []


def test_what_is_not_begun_is_not_found(ana: Client, place: Place) -> None:
    assert_problem(ana.get(f"{place.its}/my-response"), 404, "not-found")
    assert_problem(ana.put(f"{place.its}/my-response/pages/who", {"answers": {}}), 404, "not-found")
    assert_problem(ana.post(f"{place.its}/my-response/submission"), 404, "not-found")
    assert_problem(ana.delete(f"{place.its}/my-response"), 404, "not-found")
    ana.post(f"{place.its}/my-response", {})
    assert_problem(ana.put(f"{place.its}/my-response/pages/nowhere", {"answers": {}}), 404, "not-found")


def test_nobody_reads_anothers_answers(
    ana: Client, citizen: Callable[..., Client], official: Callable[..., Client], place: Place
) -> None:
    walked(ana, place)

    for other in (citizen("ben"), citizen("eve")):
        assert_problem(other.get(f"{place.its}/my-response"), 404, "not-found")
    assert_problem(official().get(f"{place.its}/my-response"), 403, "missing-scope")

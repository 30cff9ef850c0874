"""Figures that are kept up on write equal those counted anew, whatever happened in between."""

import random
from typing import Any

import pytest
from sqlalchemy import select

from chassis.errors import Stale
from chassis.events import Event
from engagement.survey_results import store
from engagement.survey_tally import consumers, jobs
from engagement.survey_tally import store as tally
from engagement.survey_tally.folding import Change
from engagement.tables import response, survey_pair, survey_tallied, survey_term, survey_untallied


def drawn(seed: int, count: int) -> list[dict[str, Any]]:
    """Responses with gaps, drawn alike each time."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        given = {
            "trees": chance.choice(["more", "more", "same", "fewer"]),
            "places": chance.sample(["river", "square", "school"], chance.randint(1, 3)),
            "mood": chance.randint(1, 5),
            "age": chance.randint(16, 90),
            "why": chance.choice(["Shade along the river", "Fresh air for the school", "Noise"]),
            "recommend": chance.randint(0, 10),
            "order": chance.sample(["a", "b", "c"], 3),
            "grid": {"bus": chance.choice(["good", "bad"])},
            "dog": chance.choice(["yes", "no"]),
        }
        given |= {"walks": chance.randint(1, 5)} if given["dog"] == "yes" else {}
        found.append({name: value for name, value in given.items() if chance.random() < 0.9 or name == "dog"})
    return found


def figures(room: Any) -> dict[Any, Any]:
    """All of them, by key."""
    pairs = select(survey_pair).where(survey_pair.c.n > 0)
    terms = select(survey_term).where(survey_term.c.n > 0)
    with room.app.runtime.reading() as tx:
        cells = store.cells(tx, room.survey.id)
        found: dict[Any, Any] = {(name, code): sums for name, its in cells.items() for code, sums in its.items()}
        found |= {tuple(row[1:5]): tuple(row[5:]) for row in tx.execute(pairs)}
        found |= {tuple(row[1:3]): (row.n,) for row in tx.execute(terms)}
    return {key: tuple(sums) for key, sums in found.items()}


def alike(figures: dict[Any, Any]) -> dict[Any, Any]:
    """Sums of weights to nine digits, because they were added in another order."""
    return {key: pytest.approx(sums, rel=1e-9, abs=1e-9) for key, sums in figures.items()}


def marked_again(room: Any, make: Any) -> None:
    with room.app.runtime.transaction() as tx:
        for row in tx.execute(select(response.c.id)).all():
            tally.mark(tx, room.survey.id, row.id, make.new_id())


def test_each_question_is_counted(room: Any) -> None:
    room.enter([{"trees": "more", "dog": "no"}] * 3 + [{"trees": "same", "dog": "yes", "walks": 4}])

    trees, walks = room.of("trees"), room.of("walks")

    assert room.results()["responses"] == 4
    assert {each["code"]: each["unweighted"]["count"] for each in trees["answers"]} == {
        "more": 3,
        "same": 1,
        "fewer": 0,
    }
    assert (walks["answered"], walks["missing"], walks["skipped"]) == (1, 0, 3)


def test_a_recount_equals_what_was_folded(room: Any) -> None:
    room.enter(drawn(1, 120), weight=1.37)
    room.enter(drawn(2, 60), source="second", weight=0.21, channel="phone")
    folded = figures(room)

    assert room.official.post(f"{room.path}/recount").status == 202
    room.fold()

    assert len(folded) > 300
    assert figures(room) == alike(folded)
    assert room.results()["waiting"] == 0


def test_news_that_comes_twice_or_late_changes_nothing(room: Any, make: Any) -> None:
    room.enter(drawn(3, 40))
    before = figures(room)

    for _ in range(2):
        marked_again(room, make)
        room.fold()

    assert figures(room) == alike(before)


def test_what_is_withdrawn_leaves_no_trace(room: Any, make: Any) -> None:
    room.enter(drawn(4, 30))
    kept = figures(room)
    room.enter(drawn(5, 30), source="second")
    its = response.c.actor_key.startswith("source:second")

    with room.app.runtime.transaction() as tx:
        tx.execute(response.update().where(its).values(status="withdrawn"))
    marked_again(room, make)
    room.fold()

    assert figures(room) == alike(kept)
    with room.app.runtime.reading() as tx:
        assert len(tx.execute(select(survey_tallied)).all()) == 30


def test_an_answer_that_changed_is_counted_as_it_is(room: Any, make: Any) -> None:
    room.enter([{"trees": "more", "why": "Shade"}])

    with room.app.runtime.transaction() as tx:
        tx.execute(response.update().values(answers={"trees": "fewer", "why": "Leaves"}, weight=2.5))
    marked_again(room, make)
    room.fold()

    shown = {each["code"]: each["weighted"]["count"] for each in room.of("trees")["answers"]}
    assert shown == {"more": 0, "same": 0, "fewer": 2.5}
    with room.app.runtime.reading() as tx:
        said = tx.execute(select(survey_term.c.term).where(survey_term.c.n > 0)).scalars().all()
    assert list(said) == ["leaves"]


def test_news_during_a_fold_is_not_lost(room: Any, make: Any) -> None:
    room.enter([{"trees": "more"}])
    marked_again(room, make)
    with room.app.runtime.reading() as tx:
        batch = tally.batch(tx, 10)
    assert batch is not None
    marked_again(room, make)

    with pytest.raises(Stale), room.app.runtime.transaction() as tx:
        tally.save(tx, batch, Change(), {}, make.NOON)

    with room.app.runtime.reading() as tx:
        assert len(tx.execute(select(survey_untallied)).all()) == 1
    room.fold()
    assert room.results()["responses"] == 1


def test_two_folds_at_once_cannot_both_succeed(room: Any, make: Any) -> None:
    room.enter([{"trees": "more"}])
    marked_again(room, make)
    with room.app.runtime.reading() as tx:
        batch = tally.batch(tx, 10)
    assert batch is not None
    room.fold()

    with pytest.raises(Stale), room.app.runtime.transaction() as tx:
        tally.save(tx, batch, Change(), {}, make.NOON)


def test_an_event_marks_and_reads_no_answer(room: Any, make: Any, statements: Any) -> None:
    named = {"surveyId": str(room.survey.id), "responseId": str(make.new_id())}
    event = Event("engagement.response-withdrawn.v1", str(room.survey.id), make.NOON, named)

    with room.app.runtime.transaction() as tx, statements() as told:
        consumers.SUBSCRIPTIONS[event.type](tx, event)

    assert len(told) == 1 and "survey_untallied" in told[0]


def test_a_fold_asks_the_same_for_any_number_of_responses(room: Any, make: Any, statements: Any) -> None:
    costs = []
    for count in (5, 50):
        room.enter(drawn(6, count), source=f"of-{count}")
        marked_again(room, make)
        with statements() as told:
            jobs.fold(room.app.runtime.database, make.NOON)
        costs.append(len([each for each in told if each.startswith("SELECT")]))

    assert costs[0] == costs[1] <= 8


def test_a_response_that_is_gone_counts_no_more(room: Any, make: Any) -> None:
    room.enter([{"trees": "more"}])
    marked_again(room, make)
    with room.app.runtime.transaction() as tx:
        tx.execute(response.delete())

    room.fold()

    assert room.results()["responses"] == 0

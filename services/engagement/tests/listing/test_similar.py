"""Similar titles: found among many, by their newest words, and what people did who were shown them."""

from collections.abc import Callable
from random import Random
from types import ModuleType
from typing import Any

from chassis.app import App
from chassis.testing.client import Client, assert_problem
from engagement.proposals import store as proposals

_SYLLABLES = ("kan", "lor", "pim", "sud", "vex", "zot", "ral", "nim")


def test_similar_titles_are_found_most_alike_first(public: Client, world: Any, make: ModuleType) -> None:
    process = world.process()
    titles = ["Trees along the river", "More trees along the river", "A library", "Trees along the rivers and canals"]
    for number, title in enumerate(titles):
        world.proposal(process, number=number, content=make.content(title))
    world.proposal(world.process(), content=make.content("Trees along the river"))

    found = public.get(f"/v1/processes/{process.id}/similar-proposals?title=trees%20along%20the%20river").body["items"]

    assert [each["title"]["en"] for each in found][:2] == titles[:2]
    assert "A library" not in [each["title"]["en"] for each in found]


def test_similar_titles_are_found_among_many_at_the_same_cost(
    app: App, public: Client, world: Any, make: ModuleType, statements: Any
) -> None:
    chance, words = Random(3), [f"{one}{other}" for one in ("ba", "ro", "mi", "te", "lu") for other in _SYLLABLES]
    costs = []
    for number in (1, 1500):
        process = world.process()
        with app.runtime.transaction() as tx:
            for each in range(number):
                title = " ".join(chance.choices(words, k=6))
                proposals.add(tx, make.proposal(process.id, number=each + 2, content=make.content(title)))
            proposals.add(tx, make.proposal(process.id, number=1, content=make.content("Benches along the canal")))
        with statements() as said:
            found = public.get(f"/v1/processes/{process.id}/similar-proposals?title=Bench%20along%20the%20canal").body
        assert found["items"][0]["title"] == {"en": "Benches along the canal"}
        costs.append(len(said))

    assert costs[0] == costs[1] <= 6


def test_a_title_that_changed_is_found_by_its_new_words_alone(
    citizen: Callable[..., Client], public: Client, world: Any
) -> None:
    process = world.process()
    world.participant(process, "ana")
    its = (
        citizen().post(f"/v1/processes/{process.id}/proposals", {"title": {"en": "Benches along the canal"}}).body["id"]
    )
    citizen().put(f"/v1/proposals/{its}", {"title": {"en": "A library for the harbour"}})
    address = f"/v1/processes/{process.id}/similar-proposals?title="

    assert public.get(f"{address}Benches%20along%20the%20canal").body["items"] == []
    assert [each["id"] for each in public.get(f"{address}library%20for%20the%20harbour").body["items"]] == [its]


def test_what_people_did_who_were_shown_similar_ones_is_counted(
    citizen: Callable[..., Client], public: Client, world: Any
) -> None:
    its = f"/v1/processes/{world.process().id}/similar-proposals/outcomes"

    for outcome in ("shown", "shown", "continued"):
        assert citizen().post(its, {"outcome": outcome}).status == 204

    assert public.get(its).body == {"shown": 2, "supportedInstead": 0, "continued": 1}
    assert_problem(public.post(its, {"outcome": "shown"}), 403, "missing-scope")
    assert_problem(citizen().post(its, {"outcome": "liked"}), 400, "invalid")

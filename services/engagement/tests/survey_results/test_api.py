"""What the public and officials are told."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem

MANY = [{"trees": "more", "mood": 5, "dog": "yes"}] * 30 + [{"trees": "same", "mood": 2, "dog": "no"}] * 20


def counted(answer: dict[str, Any]) -> float | None:
    """How often it was given; None where that is withheld."""
    found: float | None = answer.get("unweighted", {}).get("count")
    return found


def test_shares_have_their_intervals(room: Any) -> None:
    room.enter(MANY)

    more = room.of("trees", "public")["answers"][0]

    assert more["unweighted"] == {"count": 30, "share": 0.6, "low": 0.461814, "high": 0.723916}
    assert more["weighted"] == more["unweighted"]
    assert room.results()["weighted"] is False


def test_weighted_figures_stand_beside_unweighted_ones(room: Any) -> None:
    room.enter([{"trees": "more"}] * 10, weight=3.0)
    room.enter([{"trees": "same"}] * 30, source="second", weight=1.0)

    found = room.of("trees")

    assert [each["unweighted"]["share"] for each in found["answers"][:2]] == [0.25, 0.75]
    assert [each["weighted"]["share"] for each in found["answers"][:2]] == [0.5, 0.5]
    assert (found["answered"], found["weight"], found["effective"]) == (40, 60, 30)
    assert room.results()["weighted"] is True


def test_numbers_have_means_medians_and_a_histogram(room: Any) -> None:
    room.enter([{"age": age} for age in range(20, 80)])

    found = room.of("age", "public")

    assert (found["summary"]["mean"], found["summary"]["median"]) == (49.5, 49.5)
    assert found["summary"]["deviation"] == pytest.approx(17.464249)
    assert sum(each["unweighted"]["count"] for each in found["histogram"]) == 60
    assert all(each["unweighted"]["count"] >= 10 for each in found["histogram"])
    assert found["answers"] == []


def test_scales_rankings_and_scores(room: Any) -> None:
    given = [{"mood": 4, "recommend": 10, "order": ["b", "a", "c"], "dog": "yes", "walks": 5}] * 15
    given += [{"mood": 2, "recommend": 3, "order": ["b", "c", "a"], "dog": "yes", "walks": 1}] * 15
    room.enter(given)

    asked = {each["id"]: each for each in room.results()["questions"]}

    assert asked["mood"]["distributions"][0]["summary"]["mean"] == 3
    assert asked["recommend"]["score"] == {"kind": "nps", "value": 0, "weighted": 0}
    assert asked["walks"]["score"] == {"kind": "csat", "value": 50, "weighted": 50}
    ranked = {each["part"]: each["summary"] for each in asked["order"]["distributions"]}
    assert {option: its["mean"] for option, its in ranked.items()} == {"a": 2.5, "b": 1, "c": 2.5}
    assert {option: its["borda"] for option, its in ranked.items()} == {"a": 15, "b": 60, "c": 15}


def test_few_people_are_withheld_from_the_public_with_all_that_gives_them_away(room: Any) -> None:
    room.enter([{"mood": 5}] * 40 + [{"mood": 4}] * 20 + [{"mood": 1}] * 3)

    public, official = room.of("mood", "public"), room.of("mood")

    assert [counted(each) for each in public["answers"]] == [None, 0, 0, None, 40]
    assert ["weighted" in each for each in public["answers"]] == [False, True, True, False, True]
    assert public["withheld"] and "summary" not in public and "weightedSummary" not in public
    assert [counted(each) for each in official["answers"]] == [3, 0, 0, 20, 40]
    assert not official["withheld"] and official["summary"]["mean"] == pytest.approx(283 / 63, abs=1e-6)


def test_a_question_that_few_answered_tells_the_public_nothing(room: Any) -> None:
    room.enter([{"trees": "more", "places": ["river"], "age": 30, "recommend": 9}] * 9)

    for each in room.results(audience="public")["questions"]:
        for found in each["distributions"]:
            assert not found["answered"] or not any("unweighted" in answer for answer in found["answers"])
            assert "summary" not in found and found["histogram"] == []
        assert "score" not in each and each["terms"] == []


def test_an_option_that_nearly_everybody_chose_gives_away_who_did_not(room: Any) -> None:
    room.enter(
        [{"places": ["river", "square"]}] * 40 + [{"places": ["square", "school"]}] * 12 + [{"places": ["river"]}]
    )

    shown = {each["code"]: counted(each) for each in room.of("places", "public")["answers"]}

    assert shown == {"river": 41, "square": None, "school": 12}  # one did not choose the square


def test_terms_are_what_ten_people_say(room: Any) -> None:
    room.enter([{"why": f"Shade, says number{letter}"} for letter in "abcdefghijkl"] + [{"why": "Ana Puig's garden"}])

    asked = {each["id"]: each for each in room.results()["questions"]}

    assert asked["why"]["terms"] == [{"term": "says", "n": 12}, {"term": "shade", "n": 12}]
    assert asked["why"]["distributions"][0]["answered"] == 13


def test_a_cross_table_shows_shares_of_columns(room: Any) -> None:
    room.enter(MANY)

    found = room.cross("trees", "dog", "public").body

    assert [line["codes"] for line in found["rows"]] == [["more"], ["same"], ["fewer"]]
    assert [line["n"] for line in found["columns"]] == [30, 20]
    assert [[cell["n"] for cell in row] for row in found["cells"]] == [[30, 0], [0, 20], [0, 0]]
    assert [[cell["share"] for cell in row] for row in found["cells"]] == [[1, 0], [0, 1], [0, 0]]
    assert found["association"]["cramersV"] == 1
    assert (found["association"]["chiSquared"], found["association"]["degrees"]) == (50, 1)
    assert found["weightedAssociation"] == found["association"]


def test_a_cross_table_reads_alike_from_both_sides(room: Any) -> None:
    room.enter(MANY)

    one, other = room.cross("trees", "mood").body, room.cross("mood", "trees").body

    turned = [[cell["n"] for cell in row] for row in zip(*other["cells"], strict=True)]
    assert [[cell["n"] for cell in row] for row in one["cells"]] == turned
    assert one["association"] == other["association"]


def test_options_that_are_ticked_together_have_the_people_as_their_base(room: Any) -> None:
    room.enter([{"places": ["river", "square"], "dog": "yes"}] * 20 + [{"places": ["river"], "dog": "no"}] * 30)

    found = room.cross("places", "dog").body

    assert [line["n"] for line in found["columns"]] == [20, 30]
    assert [[cell["share"] for cell in row] for row in found["cells"]] == [[1, 1], [1, 0], [0, 0]]
    assert "association" not in found


def test_channels_and_steps_of_the_ladder_can_be_compared(room: Any) -> None:
    room.enter([{"trees": "more"}] * 20, channel="paper")
    room.enter([{"trees": "fewer"}] * 20, channel="phone", source="phone")

    found = room.cross("trees", "@channel", "public").body

    lines = {line["codes"][0]: place for place, line in enumerate(found["columns"])}
    assert found["cells"][0][lines["paper"]]["share"] == 1
    assert found["cells"][2][lines["phone"]]["share"] == 1
    assert room.cross("trees", "@step").status == 200


def test_bands_of_profiles_are_attributes(room: Any) -> None:
    room.enter([{"trees": "more"}] * 12, profile={"age": "25-34"})
    room.enter([{"trees": "same"}] * 12, source="second", profile={"age": "35-44"})

    found = room.cross("trees", "@profile.age", "public").body

    assert [line["codes"] for line in found["columns"]] == [["25-34"], ["35-44"]]
    assert found["cells"][0][0]["n"] == 12


def test_small_cells_of_a_cross_table_are_withheld_from_the_public(room: Any) -> None:
    given = [("more", "yes", 30), ("more", "no", 3), ("same", "yes", 25), ("same", "no", 28), ("fewer", "yes", 2)]
    room.enter([{"trees": trees, "dog": dog} for trees, dog, often in given for _ in range(often)])

    public, official = room.cross("trees", "dog", "public").body, room.cross("trees", "dog").body

    assert [[cell and cell["n"] for cell in row] for row in official["cells"]] == [[30, 3], [25, 28], [2, 0]]
    assert sum(cell is None for row in public["cells"] for cell in row) == 4
    assert [line["codes"] for line in public["rows"]] == [["same"], ["more", "fewer"]]
    assert "association" not in public and "association" in official


@pytest.mark.parametrize(
    ("first", "second", "slug"),
    [("trees", "trees", "not-crossable"), ("trees", "why", "not-crossable"), ("nothing", "trees", "not-crossable"),
     ("trees", "Z%27", "invalid")],
)  # fmt: skip
def test_two_different_closed_questions_are_crossed(room: Any, first: str, second: str, slug: str) -> None:
    assert_problem(room.cross(first, second), 400, slug)


def test_the_public_sees_what_it_may(room: Any, public: Client, citizen: Callable[..., Client]) -> None:
    room.enter(MANY)

    for reader in (public, citizen("ana")):
        assert room.results(reader, "public")["responses"] == 50
        assert_problem(reader.get(f"{room.path}/results?audience=official"), 403, "not-an-official")
        crossing = f"{room.path}/results/cross-table?first=trees&second=dog&audience=official"
        assert_problem(reader.get(crossing), 403, "not-an-official")
    assert_problem(citizen("ana").post(f"{room.path}/recount"), 403, "missing-scope")


def test_hidden_results_are_hidden_from_everybody_until_the_survey_closes(
    room: Any, public: Client, app: Any, world: Any, official: Callable[..., Client]
) -> None:
    hidden = room.hidden_twin()
    hidden.enter(MANY)
    paths = [
        f"{hidden.path}/results{more}?audience={audience}{query}"
        for audience in ("public", "official")
        for more, query in (("", ""), ("/cross-table", "&first=trees&second=dog"))
    ]

    for path in paths:
        for reader in (public, official()):
            reply = reader.get(path)
            if reply.status != 403:
                assert_problem(reply, 409, "results-hidden")
    hidden.close()

    assert public.get(paths[0]).body["responses"] == 50


def test_results_cost_the_same_for_any_number_of_responses(room: Any, public: Client, statements: Any) -> None:
    costs = []
    for count in (1, 3):
        room.enter(MANY * count, source=f"of-{count}")
        with statements() as told:
            room.results(public, "public")
        costs.append(len(told))

    assert costs[0] == costs[1] <= 7


def test_a_survey_that_is_not_there_has_no_results(room: Any, make: Any, public: Client) -> None:
    assert_problem(public.get(f"/v1/surveys/{make.new_id()}/results"), 404, "not-found")
    assert public.get(f"{room.path}/results").body["responses"] == 0

"""Exports through the door: variants, parts, dictionary."""

import csv
from collections.abc import Callable
from io import StringIO
from types import ModuleType
from typing import Any

import orjson
import pytest

from chassis.testing.client import Client, assert_problem
from engagement.contributions import Status
from engagement.exports import model
from engagement.proposals.model import State


@pytest.fixture
def process(world: Any, make: ModuleType) -> Any:
    """Two proposals that count, one that is hidden; comments of two people."""
    found = world.process(languages=["en", "ca"])
    ana, ben = world.participant(found, "ana"), world.participant(found, "ben")
    idea = world.proposal(found, ana, number=1, content=make.content("=Trees along the river"))
    world.proposal(found, None, number=2)
    world.proposal(found, ben, number=3, state=State.HIDDEN, status=Status.HIDDEN, hidden_reason="Spam.")
    for author in (ana, ben, ben):
        world.comment(idea, author)
    return found


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_everybody_takes_what_counts_with_pseudonyms(process: Any, public: Client) -> None:
    proposals = rows(public.get(f"/v1/processes/{process.id}/datasets/proposals?fileType=csv").body)
    comments = rows(public.get(f"/v1/processes/{process.id}/datasets/comments?fileType=csv").body)

    assert [each["reference"][-5:] for each in proposals] == ["00001", "00002"]
    assert proposals[0]["title"] == "'=Trees along the river"
    assert "hidden_reason" not in proposals[0] and "status" not in proposals[0]
    authors = [each["author"] for each in comments]
    assert authors[1] == authors[2] != authors[0] == proposals[0]["author"]
    assert {each["proposal"] for each in comments} == {proposals[0]["reference"]}


def test_a_pseudonym_says_nothing_in_another_process(world: Any, process: Any, public: Client) -> None:
    other = world.process()
    ana = world.participant(other, "ana")
    world.proposal(other, ana)

    paths = [f"/v1/processes/{each.id}/datasets/proposals?fileType=csv" for each in (process, other)]
    of = [rows(public.get(path).body) for path in paths]

    assert of[0][0]["author"] != of[1][0]["author"]
    assert str(ana.id) not in of[1][0]["author"]


def test_officials_take_every_row_and_state(process: Any, public: Client, official: Callable[..., Client]) -> None:
    path = f"/v1/processes/{process.id}/datasets/proposals?fileType=jsonl&variant=internal"

    answer = official().get(path)
    lines = [orjson.loads(line) for line in answer.body.splitlines()]

    assert [each["status"] for each in lines] == ["counted", "counted", "hidden"]
    assert lines[2]["hidden_reason"] == "Spam."
    assert_problem(public.get(path), 403, "not-an-official")


def test_parts_in_a_row_make_the_whole_file(process: Any, public: Client) -> None:
    path = f"/v1/processes/{process.id}/datasets/comments?fileType=csv"
    whole = public.get(path)

    said, cursor = "", ""
    for _ in range(5):
        part = public.get(f"{path}&limit=2{cursor}")
        said += part.body
        if "Next-Cursor" not in part.headers:
            break
        cursor = f"&cursor={part.headers['Next-Cursor']}"

    assert said == whole.body and "Next-Cursor" not in whole.headers
    assert len(rows(said)) == 3


@pytest.mark.parametrize(("file_type", "kind"), [("csv", "text/csv; charset=utf-8"), ("jsonl", "application/jsonl")])
def test_a_file_says_what_it_is(process: Any, public: Client, file_type: str, kind: str) -> None:
    answer = public.get(f"/v1/processes/{process.id}/datasets/proposals?fileType={file_type}")

    assert answer.headers["content-type"] == kind


def test_a_workbook_that_would_be_too_long_is_refused(
    process: Any, public: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engagement.exports import actions

    monkeypatch.setattr(actions, "MOST_ROWS_OF_A_SHEET", 2)

    assert public.get(f"/v1/processes/{process.id}/datasets/proposals?fileType=xlsx").status == 200
    assert_problem(public.get(f"/v1/processes/{process.id}/datasets/comments?fileType=xlsx"), 409, "too-long")
    assert model.MOST_ROWS_OF_A_SHEET == 100_000


def test_the_dictionary_says_what_each_column_means(
    process: Any, public: Client, official: Callable[..., Client]
) -> None:
    for client, staff in ((public, False), (official(), True)):
        for each in client.get(f"/v1/processes/{process.id}/datasets").body["items"]:
            variant = "internal" if staff else "public"
            path = f"/v1/processes/{process.id}/datasets/{each['name']}?fileType=csv&variant={variant}"
            (head,) = list(csv.reader(StringIO(client.get(path).body)))[:1]
            assert head == [column["name"] for column in each["columns"]]
            assert all(column["meaning"] for column in each["columns"])
            assert all(column["public"] for column in each["columns"]) or staff


@pytest.mark.parametrize("query", ["fileType=pdf", "fileType=csv&variant=secret", "fileType=csv&limit=0", ""])
def test_what_is_asked_wrongly_is_refused(process: Any, public: Client, query: str) -> None:
    assert public.get(f"/v1/processes/{process.id}/datasets/proposals?{query}").status == 400


def test_what_there_is_not_is_not_found(process: Any, public: Client, world: Any) -> None:
    draft = world.process(state="draft")

    assert_problem(public.get(f"/v1/processes/{process.id}/datasets/songs?fileType=csv"), 404, "not-found")
    assert_problem(public.get(f"/v1/processes/{draft.id}/datasets/proposals?fileType=csv"), 404, "not-found")
    assert_problem(public.get(f"/v1/processes/{process.id}/datasets/comments?fileType=csv&cursor=x"), 400, "bad-cursor")


def test_an_export_costs_the_same_statements_however_long_it_is(
    world: Any, process: Any, public: Client, statements: Any
) -> None:
    costs = []
    for number in (0, 30):
        for each in range(number):
            world.proposal(process, None, number=100 + each)
        with statements() as said:
            public.get(f"/v1/processes/{process.id}/datasets/proposals?fileType=csv")
        costs.append(len(said))

    assert costs[0] == costs[1]

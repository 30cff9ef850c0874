"""What becomes of annotations, and what changed in the text."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem

WHY = {"en": "The council meets once a year, and a price that moves more often cannot be planned with."}


@pytest.fixture
def blocks(desk: Any, document: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.blocks(document["newest"])
    return found


@pytest.fixture
def give(
    world: Any, process: Any, citizen: Callable[..., Client], document: dict[str, Any], blocks: Any
) -> Callable[..., str]:
    """Ana's remark on the price; with `proposed` another wording."""
    world.participant(process, "ana")

    def run(exact: str = "once a year", proposed: str | None = None) -> str:
        purpose = {"purpose": "propose_wording", "proposedText": proposed} if proposed else {"purpose": "object"}
        body = {"body": {"en": "Too seldom."}, "target": {"blockId": blocks[2]["id"], "exact": exact}} | purpose
        posted = citizen("ana").post(f"/v1/document-versions/{document['newest']}/annotations", body)
        assert posted.status == 201, posted.body
        return str(posted.body["id"])

    return run


def test_a_disposition_is_internal_until_all_are_published(
    desk: Any, public: Client, give: Callable[..., str], document: dict[str, Any], world: Any
) -> None:
    given = give()
    said = desk.client.put(f"/v1/annotations/{given}/disposition", {"outcome": "not_accepted", "reason": WHY})
    table, one = f"/v1/documents/{document['id']}/dispositions", f"/v1/annotations/{given}"

    assert said.status == 200
    assert public.get(table).body["items"] == [] and public.get(one).body["disposition"] is None
    (line,) = desk.client.get(table).body["items"]
    assert (line["reference"], line["quote"]) == ("v1, Article 2", "once a year")

    published = desk.client.post(f"{table}/publication")

    assert published.body == {"published": 1}
    (line,) = public.get(table).body["items"]
    assert (line["disposition"]["outcome"], line["disposition"]["reason"]) == ("not_accepted", WHY)
    assert public.get(one).body["disposition"]["outcome"] == "not_accepted"
    (told,) = world.events("engagement.annotation-answered.v1")
    assert (told.data["recipient"], told.data["outcome"]) == ("entry-ana", "not_accepted")
    again = desk.client.put(f"/v1/annotations/{given}/disposition", {"outcome": "noted"})
    assert_problem(again, 409, "disposition-is-public")
    assert desk.client.post(f"{table}/publication").body == {"published": 0}


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"outcome": "not_accepted"}, "disposition-unexplained"),
        ({"outcome": "answered", "reason": {"en": "No.", "ca": "No."}}, "disposition-unexplained"),
        ({"outcome": "accepted", "change": {"versionId": str(ids.new()), "blockId": str(ids.new())}}, "not-found"),
        ({"outcome": "rejected"}, "invalid"),
    ],
)
def test_what_is_not_explained_or_not_there_is_refused(
    desk: Any, give: Callable[..., str], document: dict[str, Any], body: dict[str, Any], slug: str
) -> None:
    reply = desk.client.put(f"/v1/annotations/{give()}/disposition", body)

    assert_problem(reply, 404 if slug == "not-found" else 400, slug)
    (line,) = desk.client.get(f"/v1/documents/{document['id']}/dispositions").body["items"]
    assert line["disposition"] is None


def test_a_change_is_a_block_of_a_later_version(
    desk: Any, give: Callable[..., str], document: dict[str, Any], blocks: Any
) -> None:
    given, draft = give(), desk.next_version(document)
    its, block = f"/v1/annotations/{given}/disposition", blocks[2]["id"]

    same = {"outcome": "accepted", "change": {"versionId": document["newest"], "blockId": block}}
    assert_problem(desk.client.put(its, same), 400, "unknown-change")
    later = {"outcome": "accepted", "change": {"versionId": draft, "blockId": block}}
    assert desk.client.put(its, later).body["change"] == {"versionId": draft, "blockId": block}


def test_a_proposed_wording_is_taken_into_the_draft_as_it_is(
    desk: Any, give: Callable[..., str], document: dict[str, Any], blocks: Any
) -> None:
    given = give(proposed="twice a year")
    assert_problem(desk.client.post(f"/v1/annotations/{given}/acceptance"), 409, "no-draft")
    draft = desk.next_version(document)
    desk.edit(draft, act="revise", blockId=blocks[2]["id"], text="In short: " + blocks[2]["text"])

    said = desk.client.post(f"/v1/annotations/{given}/acceptance")

    assert (said.status, said.body["outcome"], said.body["change"]["versionId"]) == (200, "accepted", draft)
    text = desk.blocks(draft)[2]["text"]
    assert text == "In short: " + blocks[2]["text"].replace("once a year", "twice a year")
    assert desk.client.get(f"/v1/document-versions/{draft}").body["revision"] == 3


def test_a_wording_for_words_that_are_gone_is_not_taken(
    desk: Any, give: Callable[..., str], document: dict[str, Any], blocks: Any
) -> None:
    given, other = give(proposed="twice a year"), give()
    draft = desk.next_version(document)
    desk.edit(draft, act="revise", blockId=blocks[2]["id"], text="The price of water is free.")

    assert_problem(desk.client.post(f"/v1/annotations/{given}/acceptance"), 409, "wording-moved")
    assert_problem(desk.client.post(f"/v1/annotations/{other}/acceptance"), 400, "wording-missing")
    assert desk.blocks(draft)[2]["text"] == "The price of water is free."


def test_officials_filter_what_is_not_answered_yet(
    desk: Any, public: Client, give: Callable[..., str], document: dict[str, Any]
) -> None:
    answered, open_one = give(), give("public meeting")
    desk.client.put(f"/v1/annotations/{answered}/disposition", {"outcome": "noted"})
    its = f"/v1/document-versions/{document['newest']}/annotations"

    assert [each["id"] for each in desk.client.get(f"{its}?answered=false").body["items"]] == [open_one]
    assert [each["id"] for each in desk.client.get(f"{its}?answered=true").body["items"]] == [answered]
    assert len(public.get(f"{its}?answered=true").body["items"]) == 2


def test_a_hidden_annotation_is_not_in_the_public_table(
    desk: Any, public: Client, moderator: Client, give: Callable[..., str], document: dict[str, Any]
) -> None:
    given = give()
    desk.client.put(f"/v1/annotations/{given}/disposition", {"outcome": "noted"})
    table = f"/v1/documents/{document['id']}/dispositions"
    desk.client.post(f"{table}/publication")
    act = {"subject": {"kind": "annotation", "id": given}, "rule": "spam", "reason": "Advertising."}

    moderator.post("/v1/moderation/hidings", act)

    assert public.get(table).body["items"] == []
    (line,) = desk.client.get(table).body["items"]
    assert line["body"] is None


def test_citizens_dispose_of_nothing(citizen: Callable[..., Client], client: Callable[..., Client], give: Any) -> None:
    its = f"/v1/annotations/{give()}/disposition"

    assert_problem(citizen("ana").put(its, {"outcome": "noted"}), 403, "missing-scope")
    loose = client(subject="ana", roles=["participant"], scopes=["engagement.decide"])
    assert_problem(loose.put(its, {"outcome": "noted"}), 403, "not-an-official")


def test_changes_are_shown_word_by_word_with_the_annotations_at_both(
    desk: Any, public: Client, give: Callable[..., str], document: dict[str, Any], blocks: Any, carry_over: Any
) -> None:
    give()
    draft = desk.next_version(document)
    desk.edit(draft, act="revise", blockId=blocks[2]["id"], text=blocks[2]["text"].replace("valley", "region"))
    desk.edit(draft, act="delete", blockId=blocks[3]["id"])
    desk.edit(draft, act="insert", after=blocks[0]["id"], kind="para", text="A preamble.")
    desk.edit(draft, act="move", blockId=blocks[1]["id"], after=blocks[2]["id"])
    desk.publish(draft)
    carry_over(document)
    its = f"/v1/document-versions/{draft}/changes?since={document['newest']}"

    found = public.get(its).body["items"]

    assert [(each["change"], each["number"], each["place"]) for each in found] == [
        ("added", "", 1), ("revised", "Article 2", 2), ("removed", "Article 3", None),
    ]  # fmt: skip
    revised = found[1]
    assert [each["text"] for each in revised["pieces"] if each["op"] != "equal"] == ["valley", "region"]
    assert (revised["annotationsBefore"], revised["annotationsAfter"]) == (1, 1)
    first = public.get(f"{its}&limit=2").body
    assert [each["change"] for each in public.get(f"{its}&cursor={first['next']}").body["items"]] == ["removed"]
    backwards = f"/v1/document-versions/{document['newest']}/changes?since={draft}"
    assert_problem(public.get(backwards), 404, "not-found")

"""The door of annotations: give, answer, moderate, carry over."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis import ids
from chassis.app import App
from chassis.testing.client import Client, assert_problem
from engagement.annotations import store
from engagement.annotations.model import Anchor, Annotation, Outcome, Purpose
from engagement.contributions import Channel
from engagement.tables import annotation, process_log


@pytest.fixture
def its(document: dict[str, Any]) -> str:
    return f"/v1/document-versions/{document['newest']}/annotations"


@pytest.fixture
def article(desk: Any, document: dict[str, Any]) -> dict[str, Any]:
    """The one on prices."""
    found: dict[str, Any] = desk.blocks(document["newest"])[2]
    return found


@pytest.fixture
def ana(world: Any, process: Any, citizen: Callable[..., Client]) -> Client:
    world.participant(process, "ana")
    return citizen("ana")


@pytest.fixture
def ben(world: Any, process: Any, citizen: Callable[..., Client]) -> Client:
    world.participant(process, "ben")
    return citizen("ben")


def on(block: dict[str, Any], exact: str | None = None, **more: Any) -> dict[str, Any]:
    target = {"blockId": block["id"]} | ({"exact": exact} if exact else {})
    return {"purpose": "object", "body": {"en": "Too seldom."}, "target": target} | more


def test_an_annotation_on_words_is_public_and_has_a_receipt(
    ana: Client, public: Client, its: str, article: dict[str, Any], world: Any
) -> None:
    posted = ana.post(its, on(article, "once a year"))

    assert posted.status == 201
    (shown,) = public.get(its).body["items"]
    assert (shown["author"], shown["quote"], shown["purpose"]) == ("Ana", "once a year", "object")
    start = article["text"].index("once a year")
    assert (shown["place"]["start"], shown["place"]["end"]) == (start, start + 11)
    assert (shown["place"]["outcome"], shown["place"]["number"]) == ("placed", "Article 2")
    receipt = public.get(f"/v1/receipts/{posted.body['receipt']['code']}").body
    assert (receipt["kind"], receipt["status"]) == ("annotation", "counted")
    (told,) = world.events("engagement.annotation-posted.v1")
    assert told.data["annotationId"] == posted.body["id"] and "Too seldom" not in str(told.data)


def test_annotations_stand_on_blocks_and_on_the_whole_document(
    ana: Client, public: Client, its: str, article: dict[str, Any], document: dict[str, Any]
) -> None:
    ana.post(its, on(article))
    ana.post(its, {"purpose": "support", "body": {"en": "At last."}})

    whole = public.get(f"{its}?where=document").body["items"]
    at_block = public.get(f"{its}?block={article['id']}").body["items"]
    assert [each["body"]["en"] for each in whole] == ["At last."]
    assert [(each["quote"], each["place"]["start"]) for each in at_block] == [(article["text"], None)]
    assert [each["purpose"] for each in public.get(f"{its}?purpose=support").body["items"]] == ["support"]
    counted = public.get(f"/v1/document-versions/{document['newest']}/blocks").body["items"]
    assert [each["annotations"] for each in counted] == [0, 0, 1, 0]
    assert public.get(f"/v1/documents/{document['id']}").body["annotations"] == 2


def test_words_that_stand_twice_need_what_is_around_them(ana: Client, its: str, article: dict[str, Any]) -> None:
    refused = ana.post(its, on(article, "the"))
    target = {
        "blockId": article["id"],
        "exact": "the",
        "prefix": "set once a year by ",
        "suffix": " council of the valley",
    }

    meant = ana.post(its, on(article, target=target))

    assert_problem(refused, 400, "quote-not-found")
    assert meant.body["place"]["start"] == article["text"].index("the council")


@pytest.mark.parametrize(
    ("body", "slug", "pointer"),
    [
        ({"target": {"blockId": str(ids.new())}}, "quote-not-found", "/target/blockId"),
        ({"exact": "nowhere to be found"}, "quote-not-found", "/target/exact"),
        ({"purpose": "propose_wording"}, "wording-missing", "/proposedText"),
        ({"proposedText": "every month"}, "wording-missing", "/proposedText"),
        ({"purpose": "propose_wording", "proposedText": "x", "target": None}, "wording-missing", "/target"),
        ({"body": {"en": "x" * 1001}}, "outside-limits", "/body"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    ana: Client, its: str, article: dict[str, Any], world: Any, body: dict[str, Any], slug: str, pointer: str
) -> None:
    exact = body.get("exact")
    whole = on(article, exact, **{name: value for name, value in body.items() if name != "exact"})

    reply = ana.post(its, {name: value for name, value in whole.items() if value is not None})

    assert_problem(reply, 400, slug)
    assert reply.body["errors"][0]["pointer"] == pointer
    assert world.rows(annotation) == world.rows(process_log) == []


def test_answers_stand_under_their_root_and_its_author_is_told(
    ana: Client, ben: Client, public: Client, its: str, article: dict[str, Any], world: Any
) -> None:
    root = ana.post(its, on(article)).body
    for number in range(3):
        ben.post(f"/v1/annotations/{root['id']}/replies", {"body": {"en": f"No {number}"}})

    (shown,) = public.get(its).body["items"]
    assert (shown["repliesTotal"], [each["body"]["en"] for each in shown["replies"]]) == (3, ["No 0", "No 1"])
    assert [each["author"] for each in shown["replies"]] == ["Ben", "Ben"]
    answers = public.get(f"/v1/annotations/{root['id']}/replies?limit=2").body
    rest = public.get(f"/v1/annotations/{root['id']}/replies?cursor={answers['next']}").body
    assert len({each["id"] for each in answers["items"] + rest["items"]}) == 3
    told = [row.data["recipient"] for row in world.events("engagement.annotation-posted.v1")]
    assert told == [None, "entry-ana", "entry-ana", "entry-ana"]
    assert_problem(
        ben.post(f"/v1/annotations/{answers['items'][0]['id']}/replies", {"body": {"en": "x"}}), 404, "not-found"
    )
    assert public.get(f"/v1/annotations/{root['id']}").body["repliesTotal"] == 3


def test_officials_enter_what_came_in_on_paper(
    official: Callable[..., Client], its: str, article: dict[str, Any], ana: Client
) -> None:
    entered = official().post(its, on(article, channel="paper"))

    assert (entered.status, entered.body["author"], entered.body["channel"]) == (201, None, "paper")
    assert_problem(official().post(its, on(article)), 403, "channel-not-yours")
    assert_problem(ana.post(its, on(article, channel="paper")), 403, "channel-not-yours")


def test_only_participants_annotate_and_only_while_a_phase_takes_it(
    citizen: Callable[..., Client], its: str, article: dict[str, Any], ana: Client, clock: Any
) -> None:
    root = ana.post(its, on(article)).body

    assert_problem(citizen("eve").post(its, on(article)), 403, "not-a-participant")
    clock.move(days=2)
    assert_problem(ana.post(its, on(article)), 409, "phase-closed")
    assert_problem(ana.post(f"/v1/annotations/{root['id']}/replies", {"body": {"en": "x"}}), 409, "phase-closed")


def test_a_hidden_annotation_keeps_its_place_and_leaks_nothing(
    ana: Client, ben: Client, moderator: Client, public: Client, its: str, article: dict[str, Any]
) -> None:
    body = on(article, "once a year", purpose="propose_wording", proposedText="BUY NOW", body={"en": "BUY HERE"})
    root = ana.post(its, body).body
    act = {"subject": {"kind": "annotation", "id": root["id"]}, "rule": "spam", "reason": "Advertising."}
    assert ben.post("/v1/reports", {"subject": act["subject"], "reason": "spam"}).status == 201

    assert moderator.post("/v1/moderation/hidings", act).status == 201

    for reader in (public, ben):
        (shown,) = reader.get(its).body["items"]
        assert (shown["body"], shown["state"], shown["hiddenReason"]) == (None, "hidden", "Advertising.")
        assert "BUY" not in str(shown)
    assert "BUY" in str(ana.get(its).body)
    assert_problem(ben.post(f"/v1/annotations/{root['id']}/replies", {"body": {"en": "x"}}), 409, "annotation-closed")
    assert_problem(moderator.post("/v1/moderation/hidings", act), 409, "annotation-closed")
    assert moderator.post("/v1/moderation/restorations", act).status == 201
    assert "BUY" in str(public.get(its).body)


def test_a_repeat_under_one_key_is_one_annotation(ana: Client, its: str, article: dict[str, Any], world: Any) -> None:
    first, second = (ana.post(its, on(article), Idempotency_Key="annotation-1") for _ in range(2))

    assert first.body == second.body
    assert len(world.rows(annotation)) == len(world.rows(process_log)) == 1


def test_annotations_follow_to_the_next_version(
    ana: Client,
    desk: Any,
    public: Client,
    its: str,
    article: dict[str, Any],
    document: dict[str, Any],
    carry_over: Callable[[dict[str, Any]], None],
    world: Any,
) -> None:
    stays = ana.post(its, on(article, "council of the valley")).body["id"]
    loses = ana.post(its, on(article, "after a public meeting")).body["id"]
    whole = ana.post(its, {"purpose": "support", "body": {"en": "Good."}}).body["id"]
    draft = desk.next_version(document)
    desk.edit(draft, act="revise", blockId=article["id"], text="The council of the valley sets the price of water.")
    desk.publish(draft)

    assert public.get(f"/v1/document-versions/{draft}").body["anchored"] is False
    assert_problem(ana.post(its, on(article)), 409, "version-superseded")
    carry_over(document)
    carry_over(document)  # a job may run twice

    shown = public.get(f"/v1/document-versions/{draft}").body
    assert (shown["anchored"], shown["annotations"], shown["orphans"]) == (True, 2, 1)
    there = {each["id"]: each for each in public.get(f"/v1/document-versions/{draft}/annotations").body["items"]}
    assert {name: each["place"]["outcome"] for name, each in there.items()} == {
        stays: "placed", loses: "orphaned", whole: "placed",
    }  # fmt: skip
    assert there[stays]["place"]["start"] == 4
    (lost,) = public.get(f"/v1/document-versions/{draft}/annotations?where=lost").body["items"]
    assert (lost["id"], lost["quote"], lost["place"]["nearest"]) == (loses, "after a public meeting", article["id"])
    assert len(public.get(its).body["items"]) == 3
    (told,) = world.events("engagement.annotations-anchored.v1")
    assert {name: told.data[name] for name in ("placed", "relocated", "ambiguous", "orphaned")} == {
        "placed": 2, "relocated": 0, "ambiguous": 0, "orphaned": 1,
    }  # fmt: skip


def test_a_version_that_overtakes_the_job_is_carried_in_order(
    ana: Client, desk: Any, public: Client, its: str, article: dict[str, Any], document: dict[str, Any], carry_over: Any
) -> None:
    given = ana.post(its, on(article, "once a year")).body["id"]
    for words in ("The price is set once a year.", "It is said that the price is set once a year."):
        draft = desk.next_version(document)
        desk.edit(draft, act="revise", blockId=article["id"], text=words)
        desk.publish(draft)

    carry_over(document)

    (shown,) = public.get(f"/v1/document-versions/{draft}/annotations").body["items"]
    assert (shown["id"], shown["place"]["versionId"]) == (given, draft)
    assert public.get(f"/v1/document-versions/{draft}").body["anchored"] is True


def test_pages_cost_the_same_with_five_thousand_annotations(
    app: App, public: Client, its: str, article: dict[str, Any], document: dict[str, Any], process: Any, world: Any,
    make: ModuleType, statements: Any,
) -> None:  # fmt: skip
    author = world.participant(process, "ana")
    costs = []
    for number in (30, 4970):
        with app.runtime.transaction() as tx:
            for each in range(number):
                given = stored(document, article, process, author, make.NOON + timedelta(seconds=each))
                store.add(tx, given, Anchor(given.id, given.version_id, Outcome.PLACED, given.block_id))
        paths = (
            f"{its}?block={article['id']}&limit=20",
            its.removesuffix("/annotations"),
            its.replace("annotations", "blocks"),
        )
        for path in paths:
            with statements() as said:
                assert public.get(path).status == 200
            costs.append(len(said))

    assert costs[:3] == costs[3:]
    assert max(costs) <= 8
    assert public.get(f"/v1/document-versions/{document['newest']}").body["annotations"] == 5000


def stored(document: dict[str, Any], block: dict[str, Any], process: Any, author: Any, at: Any) -> Annotation:
    return Annotation(
        id=ids.new(), process_id=process.id, document_id=UUID(document["id"]),
        version_id=UUID(document["newest"]), participant_id=author.id, entered_by="ana",
        actor_key=author.actor_key, parent_id=None, purpose=Purpose.OBJECT, body={"en": "Too seldom."},
        block_id=UUID(block["id"]), start=None, end=None, exact=block["text"], prefix=None, suffix=None,
        proposed=None, channel=Channel.WEB, at=at,
    )  # fmt: skip

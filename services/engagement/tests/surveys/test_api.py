"""The door of surveys."""

from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State as ProcessState
from engagement.tables import audit, survey_quota

Json = dict[str, Any]
PNG = b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()


@pytest.fixture
def drafted(official: Callable[..., Client], world: Any, draft: Json) -> Json:
    """A draft of Olga's, on the wire."""
    body: Json = official().post(f"/v1/processes/{world.process().id}/surveys", draft).body
    return body


def test_a_draft_is_for_staff_until_it_is_published(
    official: Callable[..., Client], public: Client, drafted: Json, world: Any
) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    listed = f"/v1/processes/{drafted['processId']}/surveys"

    assert_problem(public.get(its), 404, "not-found")
    assert public.get(listed).body["items"] == []
    assert (drafted["state"], drafted["gaps"], drafted["minutes"]) == ("draft", [], 3)
    assert [each["id"] for each in official().get(listed).body["items"]] == [drafted["id"]]

    published = official().post(f"{its}/publication").body

    assert (published["state"], published["revision"]) == ("published", 1)
    assert public.get(its).body["definition"] == drafted["definition"]
    assert "gaps" not in public.get(its).body
    assert [row.type for row in world.events()] == ["engagement.survey-published.v1"]
    assert [row.action for row in world.rows(audit)] == ["survey drafted", "survey published"]


def test_a_survey_with_a_fault_is_not_published(official: Callable[..., Client], drafted: Json, draft: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    draft["definition"]["pages"][1]["questions"][0]["showIf"] = {"question": "words", "is": "answered"}
    revised = official().put(its, draft | {"version": 1}).body
    fault = "/definition/pages/1/questions/0/showIf"
    assert [each["pointer"] for each in revised["gaps"]] == [fault]

    refused = official().post(f"{its}/publication")

    assert_problem(refused, 400, "survey-incomplete")
    assert [each["pointer"] for each in refused.body["errors"]] == [fault]
    assert official().get(its).body["state"] == "draft"


def test_after_publication_only_texts_change_and_each_time_is_kept(
    official: Callable[..., Client], public: Client, drafted: Json, draft: Json, world: Any
) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    official().post(f"{its}/publication")
    draft["definition"]["pages"][0]["questions"][0]["text"] = {"en": "How old are you?", "ca": "Quants anys tens?"}

    revised = official().put(its, draft | {"version": 2}).body

    assert revised["revision"] == 2
    first, second = (public.get(f"{its}/revisions/{number}").body["definition"] for number in (1, 2))
    assert (first, second) == (drafted["definition"], draft["definition"])
    assert_problem(public.get(f"{its}/revisions/3"), 404, "not-found")
    assert [row.type.split(".")[1] for row in world.events()] == ["survey-published", "survey-revised"]


def changed(draft: Json, what: str) -> Json:
    page = draft["definition"]["pages"][0]
    if what == "required":
        page["questions"][0]["required"] = False
    elif what == "question":
        page["questions"].append({"id": "new", "type": "yes_no", "text": {"en": "New?"}})
    elif what == "order":
        draft["definition"]["pages"].reverse()
    elif what == "jump":
        page["jumpTo"] = []
    else:
        draft["settings"] = {"editable": False}
    return draft


def test_after_publication_the_structure_is_frozen(official: Callable[..., Client], drafted: Json, draft: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    official().post(f"{its}/publication")

    for what in ("required", "question", "order", "jump", "settings"):
        refused = official().put(its, changed(deepcopy(draft), what) | {"version": 2})
        assert_problem(refused, 409, "structure-frozen")
    assert official().get(its).body["definition"] == drafted["definition"]


def test_a_text_that_is_put_right_stays_whole(official: Callable[..., Client], drafted: Json, draft: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    official().post(f"{its}/publication")
    draft["definition"]["pages"][0]["questions"][0]["text"] = {"ca": "Quants anys tens?"}

    assert_problem(official().put(its, draft | {"version": 2}), 400, "survey-incomplete")


def test_two_officials_do_not_overwrite_each_other(official: Callable[..., Client], drafted: Json, draft: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    official().put(its, draft | {"version": 1})

    assert_problem(official("otto").put(its, draft | {"version": 1}), 409, "stale")


def test_a_survey_is_published_and_closed_once(official: Callable[..., Client], drafted: Json, draft: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}"
    assert_problem(official().post(f"{its}/closing"), 409, "survey-closed")
    official().post(f"{its}/publication")
    assert_problem(official().post(f"{its}/publication"), 409, "not-a-draft-survey")

    assert official().post(f"{its}/closing").body["state"] == "closed"

    assert_problem(official().post(f"{its}/closing"), 409, "survey-closed")
    assert_problem(official().put(its, draft | {"version": 3}), 409, "survey-closed")


def test_surveys_are_worked_on_by_officials_alone(
    client: Callable[..., Client], drafted: Json, draft: Json, moderator: Client
) -> None:
    both = client(subject="mira", roles=["moderator"], scopes=["engagement.draft", "engagement.schedule"])
    its = f"/v1/surveys/{drafted['id']}"

    assert_problem(both.post(f"/v1/processes/{drafted['processId']}/surveys", draft), 403, "not-an-official")
    assert_problem(both.put(its, draft | {"version": 1}), 403, "not-an-official")
    assert_problem(both.post(f"{its}/publication"), 403, "not-an-official")
    assert_problem(both.post(f"{its}/closing"), 403, "not-an-official")
    picture = {"mediaType": "image/png", "content": PNG}
    assert_problem(both.post(f"{its}/pictures", picture), 403, "not-an-official")
    assert_problem(moderator.post(f"{its}/publication"), 403, "missing-scope")


def test_a_survey_of_a_draft_process_is_not_found(
    official: Callable[..., Client], public: Client, world: Any, draft: Json
) -> None:
    process = world.process(state=ProcessState.DRAFT)
    made = official().post(f"/v1/processes/{process.id}/surveys", draft).body
    official().post(f"/v1/surveys/{made['id']}/publication")

    assert_problem(public.get(f"/v1/surveys/{made['id']}"), 404, "not-found")
    assert_problem(public.get(f"/v1/processes/{process.id}/surveys"), 404, "not-found")
    assert_problem(official().get(f"/v1/surveys/{ids.new()}"), 404, "not-found")


def test_surveys_are_listed_page_by_page_in_as_many_statements(
    opened: Callable[..., Any],
    public: Client,
    statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    place = opened()
    others = [opened(process=place.process) for _ in range(4)]
    listed = f"/v1/processes/{place.process.id}/surveys"

    with statements() as said:
        first = public.get(f"{listed}?limit=3").body
    second = public.get(f"{listed}?limit=3&cursor={first['next']}").body

    assert len(said) == 2
    names = [each["id"] for each in first["items"] + second["items"]]
    assert names == sorted(str(each.survey.id) for each in (place, *others))  # all of one instant
    assert second["next"] is None and "definition" not in first["items"][0]


def test_a_quota_begins_with_none(official: Callable[..., Client], world: Any, draft: Json) -> None:
    rider = {"question": "rides", "is": "equals", "value": "yes"}
    draft["definition"]["quotas"] = [
        {"id": "riders", "when": rider, "limit": 5, "action": "stop", "message": {"en": "Enough."}}
    ]
    made = official().post(f"/v1/processes/{world.process().id}/surveys", draft).body
    assert world.rows(survey_quota) == []

    official().post(f"/v1/surveys/{made['id']}/publication")

    assert [(row.quota, row.taken) for row in world.rows(survey_quota)] == [("riders", 0)]


def test_a_picture_of_an_option_is_kept(official: Callable[..., Client], drafted: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}/pictures"

    made = official().post(its, {"mediaType": "image/png", "content": PNG}).body

    assert official().get(f"{its}/{made['id']}").body == made
    assert_problem(official().get(f"{its}/{ids.new()}"), 404, "not-found")


def test_a_picture_that_cannot_be_used_is_refused(official: Callable[..., Client], drafted: Json) -> None:
    its = f"/v1/surveys/{drafted['id']}/pictures"
    large = b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 60_000).decode()

    for media_type, content, pointer in (
        ("image/jpeg", PNG, "/mediaType"),
        ("image/png", "not base64!", "/content"),
        ("image/png", large, "/content"),
    ):
        refused = official().post(its, {"mediaType": media_type, "content": content})
        assert_problem(refused, 400, "unusable-picture")
        assert refused.body["errors"][0]["pointer"] == pointer


def test_a_preview_leads_as_the_answers_do_and_keeps_nothing(
    official: Callable[..., Client], drafted: Json, public: Client
) -> None:
    its = f"/v1/surveys/{drafted['id']}/preview"

    first = official().post(its, {"answers": {}}).body
    rider = official().post(its, {"answers": {"age": 40, "rides": "yes"}, "page": "riding"}).body
    young = official().post(its, {"answers": {"age": 9}}).body

    assert (first["page"]["id"], first["pages"]) == ("who", ["who", "riding", "last"])
    shown = {each["id"]: each["shown"] for each in rider["page"]["questions"]}
    assert shown == {"rides": True, "often": True, "why": False}
    assert (young["pages"], young["ending"]) == (["who"], {"en": "Thank you, that is all."})
    assert_problem(official().post(its, {"answers": {"age": 9}, "page": "last"}), 409, "page-not-met")
    assert_problem(official().post(its, {"answers": {"age": "nine"}}), 400, "answer-refused")
    assert_problem(public.post(its, {"answers": {}}), 403, "missing-scope")


def test_a_process_that_takes_answers_asks_for_a_survey_before_its_review(
    official: Callable[..., Client], world: Any, make: ModuleType, draft: Json
) -> None:
    phases = (make.phase(accepts=frozenset({"response"})),)
    process = world.process(state=ProcessState.DRAFT, phases=phases)
    review = f"/v1/processes/{process.id}/review"

    refused = official().post(review)
    made = official().post(f"/v1/processes/{process.id}/surveys", draft).body
    official().post(f"/v1/surveys/{made['id']}/publication")

    assert [each["pointer"] for each in refused.body["errors"]] == ["/surveys"]
    assert official().post(review).status == 200

"""One process from the draft to the last notice, through the door alone."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

from chassis.app import App
from chassis.clock import FixedClock, text
from chassis.events import Event
from chassis.testing.client import Client
from engagement.processes import consumers as phases


def test_a_process_goes_from_draft_to_figures(
    app: App,
    clock: FixedClock,
    make: ModuleType,
    citizen: Callable[..., Client],
    official: Callable[..., Client],
    moderator: Client,
    public: Client,
    settle: Callable[[], None],
    world: Any,
) -> None:
    ana, ben, olga, otto = citizen("ana"), citizen("ben"), official("olga"), official("otto")

    process = olga.post("/v1/processes", _draft(make)).body
    its = f"/v1/processes/{process['id']}"
    phase_id = process["phases"][0]["id"]
    assert olga.post(f"{its}/review").status == 200
    assert otto.post(f"{its}/approval").body["state"] == "scheduled"
    _fire(app, "phase-opens", phase_id)
    for person, name in ((ana, "Ana"), (ben, "Ben")):
        joining = {"displayName": name, "email": f"{name}@example.org", "agrees": True}
        assert person.post(f"{its}/participants", joining).status == 201
    trees = ana.post(f"{its}/proposals", {"title": {"en": "Trees along the river"}}).body
    benches = ben.post(f"{its}/proposals", {"title": {"en": "Benches for the square"}}).body
    assert ben.post(f"/v1/proposals/{trees['id']}/endorsements").status == 201
    root = ben.post(f"/v1/proposals/{trees['id']}/comments", {"body": {"en": "Yes!"}, "position": "in_favour"}).body
    answer = {"body": {"en": "Thank you."}, "parentId": root["id"]}
    assert ana.post(f"/v1/proposals/{trees['id']}/comments", answer).status == 201
    imported = {"content": {"title": {"en": "Old"}, "channel": "meeting", "meeting": "Library"}}
    meeting = olga.post(f"{its}/imports/proposals", imported).body
    assert [each["limit"] for each in meeting["exceptions"]] == ["titleMin"]

    clock.move(days=2)
    _fire(app, "phase-closes", phase_id)
    proposals = [trees["id"], benches["id"], meeting["contribution"]["id"]]
    for proposal_id in proposals:
        assert olga.put(f"/v1/proposals/{proposal_id}/verification", {"outcome": "valid"}).status == 200
    assert olga.post(f"{its}/seal").body["state"] == "analysing"
    for proposal_id, outcome in zip(proposals, ("accepted", "rejected", "merged"), strict=True):
        reason = {"en": "As the council saw it in its public session in May."}
        ruling = {"outcome": outcome, "reasonCode": "other", "reason": reason}
        assert olga.put(f"/v1/proposals/{proposal_id}/decision", ruling).status == 200
    assert olga.post(f"{its}/answers").body["state"] == "decided"
    settle()

    assert len(world.events("engagement.feedback-due.v1")) == 2
    figures = public.get(f"{its}/figures").body
    assert figures | {"processId": "", "at": ""} == {
        "processId": "",
        "at": "",
        "proposals": 3,
        "proposalsByChannel": {"web": 2, "meeting": 1},
        "comments": 2,
        "positions": {"inFavour": 1, "neutral": 0, "against": 0, "none": 1},
        "endorsements": 1,
        "contributors": 2,
        "participants": 2,
        "decisions": {"accepted": 1, "rejected": 1, "merged": 1},
        "answered": 3,
        "withReason": 1,
        "notices": 0,
        "exceptions": 1,
    }
    assert public.get(its).body["counts"] == {"proposals": 3, "comments": 2, "endorsements": 1}


def _draft(make: ModuleType) -> dict[str, Any]:
    text_ = {"en": "As agreed."}
    strategy = dict.fromkeys(
        ("objective", "whatIsDecided", "whoDecides", "howInputIsUsed", "howFeedbackIsGiven", "privacyNotice"), text_
    )
    return {
        "slug": "green-streets",
        "title": {"en": "Green streets"},
        "languages": ["en"],
        "strategy": strategy
        | {"level": "consult", "feedbackDueDate": "2026-09-01", "responsibleOfficial": "Office of streets"},
        "phases": [
            {
                "title": {"en": "Have your say"},
                "opensAt": text(make.NOON - timedelta(hours=1)),
                "closesAt": text(make.NOON + timedelta(days=1)),
                "accepts": ["proposal", "comment", "endorsement"],
            }
        ],
        "dataAgreementId": "agreement-1",
    }


def _fire(app: App, kind: str, phase_id: str) -> None:
    at = app.runtime.clock()
    told = {"alertId": phase_id, "subject": phase_id, "kind": kind, "dueAt": text(at)}
    with app.runtime.transaction() as tx:
        phases.on_alert_fired(tx, Event("scheduler.alert-fired.v1", phase_id, at, told))

"""Moderation, appeals, facts and rumours, behind the fake mediator and on pages."""

from typing import Any

from .. import make

Json = dict[str, Any]
_ONE = "([0-9a-f-]{36})"
SOURCES = [{"title": "The river gauge", "address": "https://example.org/gauge"}]


def rules(**changes: Any) -> Json:
    return {
        "holdAfterReports": 3, "words": {"en": ["scam"]}, "linksMost": 3, "repeatsMost": 2, "capitalsPercent": 70,
        "newAccountMinutes": 0, "holds": ["links"], "appealDays": 30, "answerDays": 14, "version": 0,
    } | changes  # fmt: skip


def entry(action: str = "hide", **changes: Any) -> Json:
    subject = {"kind": "proposal", "id": make.new_id()}
    return {
        "id": make.new_id(), "subject": subject, "action": action, "rule": "spam", "reason": "It advertises a shop.",
        "at": make.instant(days=-1), "number": 7, "digest": "ab" * 32, "appeal": None,
    } | changes  # fmt: skip


def appeal(entry_id: str, **changes: Any) -> Json:
    return {
        "id": make.new_id(), "entryId": entry_id, "reason": "There is no shop in my text.", "state": "open",
        "at": make.instant(hours=-5), "dueAt": make.instant(days=13), "decision": None, "decidedAt": None,
    } | changes  # fmt: skip


def label(**changes: Any) -> Json:
    subject = {"kind": "proposal", "id": make.new_id()}
    words = make.words("A survey says otherwise.", "Una enquesta diu una altra cosa.", "يقول استطلاع غير ذلك.")
    return {"id": make.new_id(), "subject": subject, "words": words, "source": "https://example.org/survey",
            "at": make.instant(days=-1)} | changes  # fmt: skip


def facts(number: int = 2) -> Json:
    body = make.words("It floods every ten years.", "S'inunda cada deu anys.", "يفيض كل عشر سنوات.")
    return {"number": number, "body": body, "sources": SOURCES, "at": make.instant(days=-3)}


def rumour(**changes: Any) -> Json:
    claim = make.words("All trees will be cut.", "Es tallaran tots els arbres.", "ستُقطع كل الأشجار.")
    answer = make.words("Forty are planted.", "Se'n planten quaranta.", "ستُزرع أربعون شجرة.")
    return {"id": make.new_id(), "number": 1, "claim": claim, "status": "false", "answer": answer, "sources": SOURCES,
            "at": make.instant(days=-2)} | changes  # fmt: skip


class Room:
    """What the fake knows of all this; each fake has one."""

    def __init__(self) -> None:
        self.entries: dict[str, Json] = {}
        self.mine: set[str] = set()  # entries about what the person wrote
        self.appeals: list[Json] = []
        self.labels: list[Json] = []
        self.rules = rules()
        self.facts: Json | None = None
        self.rumours: list[Json] = []


def room(fake: Any) -> Room:
    if not hasattr(fake, "moderation_room"):
        fake.moderation_room = Room()
    its: Room = fake.moderation_room
    return its


def operations(fake: Any) -> list[Any]:
    its = room(fake)

    def page(items: list[Json]) -> tuple[int, Json]:
        return 200, {"items": items, "next": None}

    def look(_query: Any, _body: Any, entry_id: str) -> tuple[int, Json]:
        own = next(({"myAppeal": each} for each in its.appeals if each["entryId"] == entry_id), {})
        return 200, {"entry": its.entries[entry_id], "mayAppeal": entry_id in its.mine and not own} | own

    def submit(_query: Any, body: Json, entry_id: str) -> tuple[int, Json]:
        its.appeals.append(appeal(entry_id, reason=body["reason"]))
        return 201, its.appeals[-1]

    def decide(_query: Any, body: Json, appeal_id: str) -> tuple[int, Json]:
        found = next(each for each in its.appeals if each["id"] == appeal_id)
        found |= {"state": body["outcome"], "decision": body["reason"], "decidedAt": make.instant()}
        return 200, found

    def set_rules(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        its.rules = body | {"version": body["version"] + 1}
        return 200, its.rules

    def done(action: str) -> Any:
        return lambda _query, body: (201, entry(action, **{name: body[name] for name in ("subject", "rule", "reason")}))

    def labelled(_query: Any, body: Json) -> tuple[int, Json]:
        return 201, label(subject=body["subject"], words=body["words"], source=body["source"])

    def get_facts(_query: Any, _body: Any, _process: str) -> tuple[int, Json]:
        if its.facts is None:
            raise KeyError("facts")
        return 200, its.facts

    def state(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        its.facts = facts(body["after"] + 1) | {"body": body["body"], "sources": body["sources"]}
        return 201, its.facts

    def register(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        its.rumours.insert(0, rumour(**body))
        return 201, its.rumours[0]

    def answer(_query: Any, body: Json, rumour_id: str) -> tuple[int, Json]:
        found = next(each for each in its.rumours if each["id"] == rumour_id)
        found |= body | {"number": body["number"] + 1}
        return 200, found

    months = [{"month": "2026-11", "actions": {"hide": 3, "hold": 1}, "appeals": 2, "overturned": 1}]
    return [
        ("v1/moderation/keepings", "POST", done("keep")),
        ("v1/moderation/warnings", "POST", done("warn")),
        ("v1/moderation/label-removals", "POST", done("unlabel")),
        ("v1/moderation/labels", "POST", labelled),
        (f"v1/processes/{_ONE}/moderation-counts", "GET", lambda q, b, i: (200, {"months": months})),
        (f"v1/processes/{_ONE}/moderation-rules", "GET", lambda q, b, i: (200, its.rules)),
        (f"v1/processes/{_ONE}/moderation-rules", "PUT", set_rules),
        (f"v1/processes/{_ONE}/labels", "GET", lambda q, b, i: page(its.labels)),
        (f"v1/moderation/entries/{_ONE}", "GET", look),
        (f"v1/moderation/entries/{_ONE}/appeal", "POST", submit),
        (f"v1/processes/{_ONE}/appeals", "GET", lambda q, b, i: page([e for e in its.appeals if e["state"] == "open"])),
        (f"v1/appeals/{_ONE}/decision", "PUT", decide),
        (f"v1/processes/{_ONE}/facts", "GET", get_facts),
        (f"v1/processes/{_ONE}/facts", "POST", state),
        (f"v1/processes/{_ONE}/fact-versions", "GET", lambda q, b, i: page([its.facts] if its.facts else [])),
        (f"v1/processes/{_ONE}/rumours", "GET", lambda q, b, i: page(its.rumours)),
        (f"v1/processes/{_ONE}/rumours", "POST", register),
        (f"v1/rumours/{_ONE}/answer", "PUT", answer),
    ]


def furnish(world: Any) -> None:
    its = room(world.fake)
    world.entry, world.own_entry = entry("warn"), entry()
    its.entries = {each["id"]: each for each in (world.entry, world.own_entry)}
    its.mine = {world.own_entry["id"]}
    world.appeal = appeal(world.entry["id"])
    its.appeals, its.labels, its.facts = [world.appeal], [label()], facts()
    world.rumour = rumour()
    its.rumours = [world.rumour]
    world.fake.moderation.append(entry("hide", appeal="overturned"))


_PROCESS = "/processes/safe-streets"
PAGES = {
    "facts": lambda w: f"{_PROCESS}/facts",
    "fact versions": lambda w: f"{_PROCESS}/facts/versions",
    "context": lambda w: f"{_PROCESS}/context",
    "moderation by month": lambda w: f"{_PROCESS}/moderation-log/months",
    "act of moderation": lambda w: f"{_PROCESS}/moderation-log/{w.own_entry['id']}",
    "appealed act": lambda w: f"{_PROCESS}/moderation-log/{w.entry['id']}",
}
PAGES_BEHIND_SIGN_IN = {
    "appeals": lambda w: f"{_PROCESS}/appeals",
    "decide an appeal": lambda w: f"{_PROCESS}/appeals/{w.appeal['id']}",
    "filters": lambda w: f"{_PROCESS}/moderation-rules",
    "add context": lambda w: f"{_PROCESS}/moderation/label/comment/{w.root['id']}",
    "warn": lambda w: f"{_PROCESS}/moderation/warn/proposal/{w.idea['id']}",
    "edit facts": lambda w: f"{_PROCESS}/facts/edit",
    "new rumour": lambda w: f"{_PROCESS}/rumours/new",
    "answer a rumour": lambda w: f"{_PROCESS}/rumours/{w.rumour['id']}",
}

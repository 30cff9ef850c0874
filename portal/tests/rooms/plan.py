"""Plans, their texts, roles and publication records, as the block answers about them."""

from typing import Any

from .. import make

Json = Any
Answer = tuple[int, Json]
_KEPT = ("summary", "area", "categories", "strategy", "limits", "dataAgreementId")


def operations(fake: Any) -> list[Any]:
    one = "([0-9a-f-]{36})"
    its = f"v1/processes/{one}"
    return [
        ("v1/processes", "POST", lambda q, b: _drafted(fake, b)),
        (its, "PUT", lambda q, b, i: _revised(fake, i, b)),
        (f"{its}/return", "POST", lambda q, b, i: (200, _changed(fake, i, state="draft", reviewNote=b["note"]))),
        (f"{its}/cancellation", "POST", lambda q, b, i: (200, _ended(fake, i, b["reason"]))),
        (f"{its}/monitoring", "POST", lambda q, b, i: (200, _changed(fake, i, state="monitored"))),
        (f"{its}/archive", "POST", lambda q, b, i: (200, _changed(fake, i, state="archived"))),
        (f"{its}/phases/{one}", "PUT", lambda q, b, i, p: (200, _phase(fake, i, p, b))),
        (f"{its}/phases/{one}/announcement", "PUT", lambda q, b, i, p: (200, _phase(fake, i, p, b))),
        (f"{its}/texts", "GET", lambda q, b, i: (200, {"items": _texts(fake.processes[i])})),
        (f"{its}/texts/([a-z-]+)", "PUT", lambda q, b, i, tag: (200, fake.processes[i])),
        (f"{its}/audit", "GET", lambda q, b, i: (200, {"items": [_audited(i)], "next": None})),
        (f"{its}/publications", "GET", lambda q, b, i: (200, {"items": [_entry()], "next": None})),
        (f"{its}/publications/([0-9]+)", "GET", lambda q, b, i, n: (200, _entry() | {"content": fake.processes[i]})),
        (f"{its}/officials", "GET", lambda q, b, i: (200, {"items": [{"official": OFFICIAL, "roles": ["editor"]}]})),
        (f"{its}/officials/{one}", "PUT", lambda q, b, i, o: (200, {"official": OFFICIAL, "roles": b["roles"]})),
        (f"{its}/blueprint", "POST", lambda q, b, i: (201, BLUEPRINT | {"title": b["title"], "shipped": False})),
        ("v1/officials", "GET", lambda q, b: (200, {"items": [OFFICIAL], "next": None})),
        ("v1/officials/me", "PUT", lambda q, b: (200, OFFICIAL | {"displayName": b["displayName"]})),
        ("v1/blueprints", "GET", lambda q, b: (200, {"items": [BLUEPRINT], "next": None})),
        (f"v1/blueprints/{one}/processes", "POST", lambda q, b, i: _drafted(fake, b)),
    ]


def furnish(world: Any) -> None:
    field = {"name": {"en": "Name"}, "purpose": {"en": "To answer"}, "legalBasis": "consent", "retentionDays": 90}
    told = make.words("Come on Friday.", "Veniu divendres.", "تعالوا يوم الجمعة.")
    world.process["phases"][0] |= {"announcement": told, "kind": "collect", "hidesResults": True}
    world.process |= {"publishedAt": make.instant(days=-30), "resultsHidden": True}
    world.plan = world.fake.add_process(
        slug="plan",
        state="draft",
        version=4,
        reviewNote="The notice is not clear.",
        missing=["/strategy/objective", "/phases"],
        strategy=make.strategy(dataFields=[field], mandatory=True, notice={"en": "Notice"}, minimumDays=30),
        phases=[make.phase(3, 20, "proposal", "comment")],
    )
    world.cancelled = world.fake.add_process(
        slug="bridge", state="cancelled", cancelledBecause={"en": "The budget was cut."}, strategy=make.strategy(
            mandatory=True, notice=make.words("Notice", "Anunci", "إعلان"), legalBasis={"en": "Act 4"}
        ),
    )  # fmt: skip


OFFICIAL = {"id": make.new_id(), "displayName": "Paul", "unit": "Streets"}
BLUEPRINT = {
    "id": make.new_id(),
    "title": make.words("Collect ideas", "Recollir idees", "جمع الأفكار"),
    "description": make.words("People propose.", "La gent proposa.", "يقترح الناس."),
    "shipped": True,
    "phases": [],
}
PAGES = {
    "cancelled process": lambda w: "/processes/bridge",
    "record": lambda w: "/processes/safe-streets/record",
    "entry of the record": lambda w: "/processes/safe-streets/record/1",
}
_STEPS = ("basics", "purpose", "feedback", "people", "data", "law")
_TABS = ("plan", "build", "publish", "monitor", "inputs", "evaluate", "decide", "report")
PAGES_BEHIND_SIGN_IN = {
    "new process": lambda w: "/work/processes/new",
    "plan": lambda w: f"/work/processes/{w.plan['id']}/plan",
    "preview": lambda w: f"/work/processes/{w.plan['id']}/plan/preview",
    **{f"plan {step}": lambda w, step=step: f"/work/processes/{w.plan['id']}/plan/{step}" for step in _STEPS},
    "plan phases": lambda w: f"/work/processes/{w.plan['id']}/plan/phases",
    "new phase": lambda w: f"/work/processes/{w.plan['id']}/plan/phases/new",
    "phase": lambda w: f"/work/processes/{w.plan['id']}/plan/phases/0",
    "translations": lambda w: f"/work/processes/{w.plan['id']}/texts",
    "translate": lambda w: f"/work/processes/{w.plan['id']}/texts/ar",
    "original": lambda w: f"/work/processes/{w.process['id']}/texts/en",
    "roles": lambda w: f"/work/processes/{w.plan['id']}/officials",
    "cockpit": lambda w: f"/work/processes/{w.plan['id']}",
    **{f"tab {name}": lambda w, name=name: f"/work/processes/{w.process['id']}/tabs/{name}" for name in _TABS},
    "end of a process": lambda w: f"/work/processes/{w.decided['id']}/tabs/report",
    "cancel": lambda w: f"/work/processes/{w.process['id']}/cancellation",
    "move a phase": lambda w: f"/work/processes/{w.process['id']}/phases/{w.process['phases'][0]['id']}/move",
    "announce": lambda w: f"/work/processes/{w.process['id']}/phases/{w.process['phases'][0]['id']}/announcement",
}


def _drafted(fake: Any, body: Json) -> Answer:
    named = {name: body[name] for name in ("slug", "title", "languages")}
    made = fake.add_process(**named, state="draft", version=1, phases=[], missing=["/phases"], strategy={})
    for name in ("summary", "area", "dataAgreementId"):
        del made[name]
    return 201, made


def _revised(fake: Any, process_id: str, body: Json) -> Answer:
    found = fake.processes[process_id]
    for name in _KEPT:
        found.pop(name, None)
    phases = [each | {"id": make.new_id(), "state": "planned"} for each in body["phases"]]
    found |= {"categories": [], "limits": {}, **body, "phases": phases, "version": found["version"] + 1}
    found["limits"].setdefault("titleMin", 10)
    return 200, found


def _changed(fake: Any, process_id: str, **changes: Json) -> Json:
    fake.processes[process_id] |= changes
    return fake.processes[process_id]


def _ended(fake: Any, process_id: str, reason: Json) -> Json:
    return _changed(fake, process_id, state="cancelled", cancelledBecause=reason)


def _phase(fake: Any, process_id: str, phase_id: str, changes: Json) -> Json:
    found = fake.processes[process_id]
    found["phases"] = [each | changes if each["id"] == phase_id else each for each in found["phases"]]
    return found


def _texts(process: Json) -> list[Json]:
    phase = {"pointer": "/phases/0/title", "text": {"en": "Ideas"}, "lacks": ["ca", "ar"]}
    return [{"pointer": "/title", "text": process["title"], "lacks": []}, phase]


def _audited(process_id: str) -> Json:
    did = {"id": make.new_id(), "action": "process approved", "about": process_id, "by": "otto"}
    return did | {"at": make.instant(days=-1)}


def _entry() -> Json:
    seal = {"digest": "ab" * 32, "previous": "0" * 64}
    return {"number": 1, "what": "approved", "at": make.instant(days=-30)} | seal
